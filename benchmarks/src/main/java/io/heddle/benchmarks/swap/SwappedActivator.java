// SPDX-License-Identifier: Apache-2.0
package io.heddle.benchmarks.swap;

import io.heddle.engine.SyncEngineService;
import io.heddle.engine.record.RecordEngine;
import java.util.Hashtable;
import java.util.Map;
import java.util.function.IntConsumer;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;

/** The bundle that is swapped: offers an engine that tells when it is opened, and the version of its bundle. */
public final class SwappedActivator implements BundleActivator {

    /** The names of the engine and its collection. */
    static final String ENGINE = "swapped";

    /** Made by the framework. */
    public SwappedActivator() {}

    @Override
    public void start(BundleContext context) {
        IntConsumer opened = context.getService(context.getServiceReference(IntConsumer.class));
        int version = context.getBundle().getVersion().getMajor();
        context.registerService(
                RecordEngine.class,
                new SwappedEngine(() -> opened.accept(version)),
                new Hashtable<>(Map.of(SyncEngineService.NAME, ENGINE, SyncEngineService.COLLECTIONS, ENGINE)));
    }

    @Override
    public void stop(BundleContext context) {
        // The framework takes the service back.
    }
}
