// SPDX-License-Identifier: Apache-2.0
package io.heddle.manager.flow;

import io.heddle.api.SyncListener;
import io.heddle.api.SyncRequest;
import io.heddle.api.SyncResult;
import io.heddle.api.account.AccountProblem;
import io.heddle.api.account.AccountProvider;
import io.heddle.api.account.Credentials;
import io.heddle.engine.record.IncomingRecord;
import io.heddle.engine.record.OutgoingRecord;
import io.heddle.engine.record.RecordContext;
import io.heddle.engine.record.RecordEngine;
import io.heddle.engine.record.RecordSession;
import io.heddle.engine.record.SyncPoint;
import io.heddle.engine.record.UploadedBatch;
import io.heddle.manager.engines.EngineOffer;
import io.heddle.manager.engines.EngineRegistry;
import io.heddle.manager.engines.run.EngineStage;
import io.heddle.manager.reconcile.EngineSpec;
import io.heddle.manager.storage.http.HttpTransport;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Collections;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/** A process that joins an account with an engine which keeps nothing, and prints how many records it was handed. */
final class JoinInSmallHeap {

    private JoinInSmallHeap() {}

    /** Token server, access token, key id, sync key in hexadecimal digits. */
    public static void main(String[] args) throws Exception {
        Credentials credentials = Credentials.of(
                URI.create(args[0]),
                args[1].getBytes(StandardCharsets.US_ASCII),
                args[2],
                HexFormat.of().parseHex(args[3]));
        Duration patience = Duration.ofSeconds(30);
        CountingEngine engine = new CountingEngine();
        EngineRegistry registry = new EngineRegistry(patience);
        registry.add(new EngineOffer(
                1, new EngineSpec("todo", List.of("todo"), 1, ""), "small.heap", 0, new EngineOffer.Source() {
                    @Override
                    public Object acquire() {
                        return engine;
                    }

                    @Override
                    public void release() {
                        // It lives as long as the process.
                    }
                }));
        try (SyncService service = new SyncService(
                new FlowSettings("Small", "desktop", "1.0", true, new EngineStage.Limits(1, patience, patience, 1)),
                new Fixed(credentials),
                new MemoryStore(),
                registry,
                new HttpTransport("test", patience, patience),
                new SyncListener() {},
                command -> false,
                Clock.systemUTC())) {
            SyncResult result = service.syncNow(SyncRequest.all());
            System.out.println(result.status() + " " + engine.records.get());
        }
        System.exit(0);
    }

    /** The same credentials each time. */
    private record Fixed(Credentials credentials) implements AccountProvider {
        @Override
        public Optional<Credentials> findCredentials() {
            return Optional.of(credentials);
        }

        @Override
        public Optional<Credentials> refreshCredentials() {
            return Optional.empty();
        }

        @Override
        public void accountRefused(AccountProblem problem) {
            System.out.println(problem);
        }
    }

    private static final class CountingEngine implements RecordEngine {
        private final AtomicLong records = new AtomicLong();

        @Override
        public RecordSession open(RecordContext context) {
            return new RecordSession() {
                @Override
                public Optional<SyncPoint> findSyncPoint(String collection) {
                    return Optional.empty();
                }

                @Override
                public void stage(IncomingRecord record) {
                    records.incrementAndGet();
                }

                @Override
                public Iterator<OutgoingRecord> apply(Map<String, SyncPoint> fetched) {
                    return Collections.emptyIterator();
                }

                @Override
                public void uploaded(UploadedBatch batch) {
                    // It offers nothing.
                }
            };
        }

        @Override
        public void reset() {
            // It remembers nothing.
        }

        @Override
        public void wipe() {
            // It keeps nothing.
        }
    }
}
