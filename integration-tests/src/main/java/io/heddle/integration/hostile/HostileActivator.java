// SPDX-License-Identifier: Apache-2.0
package io.heddle.integration.hostile;

import io.heddle.engine.SyncEngine;
import io.heddle.engine.record.RecordEngine;
import io.heddle.integration.bench.Intruder;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.Map;
import java.util.TreeMap;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;

/** Registers a raw engine and a record engine as any engine bundle does, and what the test moves them with. */
public final class HostileActivator implements BundleActivator {

    private static final int FLOOD = 3_000;

    /** Made by the framework. */
    public HostileActivator() {}

    @Override
    public void start(BundleContext context) {
        HostileRaw raw = new HostileRaw();
        HostileRecords records = new HostileRecords(context);
        context.registerService(SyncEngine.class, raw, engine("hostile", "hostile", 0));
        context.registerService(RecordEngine.class, records, engine("hostile-records", "hostile-records", 0));
        context.registerService(Intruder.class, new Hand(context, raw, records, new Outside(context)), null);
    }

    @Override
    public void stop(BundleContext context) {
        // The framework withdraws the services.
    }

    static Dictionary<String, Object> engine(String name, String collection, int ranking) {
        Dictionary<String, Object> properties = new Hashtable<>();
        properties.put("sync.engine.name", name);
        properties.put("sync.engine.collections", new String[] {collection});
        properties.put("service.ranking", ranking);
        return properties;
    }

    private record Hand(BundleContext context, HostileRaw raw, HostileRecords records, Outside outside)
            implements Intruder {

        @Override
        public Map<String, String> attackFromOutside() {
            return outside.attack();
        }

        @Override
        public void prepare(String attack) {
            records.prepare(attack);
        }

        @Override
        public void flood() {
            for (int i = 0; i < FLOOD; i++) {
                context.registerService(RecordEngine.class, records, engine("flood-" + i, "flood-" + i, 0));
            }
        }

        @Override
        public Map<String, String> seenInRuns() {
            Map<String, String> seen = new TreeMap<>(raw.seen());
            seen.putAll(records.seen());
            return seen;
        }

        @Override
        public Map<String, String> attackAfterRun() {
            return raw.attackAfterRun();
        }
    }
}
