// SPDX-License-Identifier: Apache-2.0
package io.heddle.integration.ledger;

import io.heddle.engine.SyncEngine;
import io.heddle.integration.bench.TestBench;
import java.util.Dictionary;
import java.util.Hashtable;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;

/** Registers an engine with a storage token under the bundle's symbolic name. */
public final class ProbeActivator implements BundleActivator {

    /** Made by the framework. */
    public ProbeActivator() {}

    @Override
    public void start(BundleContext context) {
        String name = context.getBundle().getSymbolicName();
        Dictionary<String, Object> properties = new Hashtable<>();
        properties.put("sync.engine.name", name);
        properties.put("sync.engine.collections", name);
        String device = context.getProperty(TestBench.PREFIX + "device");
        context.registerService(SyncEngine.class, new ProbeEngine(device, name), properties);
    }

    @Override
    public void stop(BundleContext context) {
        // The framework withdraws the service.
    }
}
