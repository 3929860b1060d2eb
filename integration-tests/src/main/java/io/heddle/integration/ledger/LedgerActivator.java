// SPDX-License-Identifier: Apache-2.0
package io.heddle.integration.ledger;

import io.heddle.engine.record.RecordEngine;
import io.heddle.integration.bench.TestBench;
import io.heddle.integration.bench.TodoDesk;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Dictionary;
import java.util.Hashtable;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;

/** Registers the engine and its user's side, both under the bundle's symbolic name. */
public final class LedgerActivator implements BundleActivator {

    private ServiceRegistration<RecordEngine> engine;

    /** Made by the framework. */
    public LedgerActivator() {}

    @Override
    public void start(BundleContext context) throws IOException {
        String name = context.getBundle().getSymbolicName();
        String device = context.getProperty(TestBench.PREFIX + "device");
        // Not in the bundle's own data area: what it did before an update or a new installation is the test's concern.
        Path file = Path.of(context.getProperty(TestBench.PREFIX + "folder"), name + ".properties");
        LedgerStore store = new LedgerStore(file);
        LedgerEngine ledger =
                new LedgerEngine(device, name, context.getBundle().getVersion().toString(), store);
        Dictionary<String, Object> properties = new Hashtable<>();
        properties.put("sync.engine.name", name);
        properties.put("sync.engine.collections", name);
        context.registerService(TodoDesk.class, ledger, properties);
        engine = context.registerService(RecordEngine.class, ledger, properties);
    }

    @Override
    public void stop(BundleContext context) {
        // First of all: what the manager does then is what the tests look at.
        engine.unregister();
    }
}
