// SPDX-License-Identifier: Apache-2.0
package io.heddle.engine.testkit;

import io.heddle.engine.Command;
import io.heddle.engine.record.OutgoingRecord;
import io.heddle.engine.record.RecordEngine;
import io.heddle.engine.record.RecordSession;
import io.heddle.engine.record.SyncPoint;
import io.heddle.engine.testkit.MemoryManager.Crash;
import io.heddle.engine.testkit.MemoryManager.Step;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A device on the bench: its home, its process, and the manager that syncs it. */
final class BenchDevice {

    /** Opens a home; an existing one is a restart. */
    @FunctionalInterface
    interface Opener {
        EngineDevice open(Path home) throws Exception;
    }

    /** Something that the user, the network or another device does. */
    @FunctionalInterface
    interface Event {
        void happen() throws Exception;
    }

    private final Path home;
    private final Opener opener;
    private final MemoryManager manager;
    private EngineDevice process;
    private RecordEngine engine;

    BenchDevice(Path home, Opener opener, MemoryManager manager) throws Exception {
        this.home = home;
        this.opener = opener;
        this.manager = manager;
        start();
    }

    private void start() throws Exception {
        process = opener.open(home);
        engine = process.engine();
    }

    void restart() throws Exception {
        process.kill();
        start();
    }

    RecordEngine engine() {
        return engine;
    }

    MemoryManager manager() {
        return manager;
    }

    BenchDevice add(String... words) throws Exception {
        for (String word : words) {
            process.add(word);
        }
        return this;
    }

    void change(String word, String newWord) throws Exception {
        process.change(word, newWord);
    }

    void delete(String word) throws Exception {
        process.delete(word);
    }

    List<String> items() throws Exception {
        return process.items().stream().sorted().toList();
    }

    List<OutgoingRecord> sent() {
        return manager.sent();
    }

    List<String> sentIds() {
        return sent().stream().map(OutgoingRecord::id).toList();
    }

    /** A sync that must succeed. */
    void sync(String rule) {
        must(rule, () -> manager.sync(engine));
    }

    void reset(String rule) {
        must(rule, engine::reset);
    }

    void wipe(String rule) {
        must(rule, engine::wipe);
    }

    /** {@return whether the engine says that it knows the command and has done it} */
    boolean perform(String rule, Command command) {
        boolean[] known = new boolean[1];
        must(rule, () -> known[0] = engine.perform(command));
        return known[0];
    }

    /** Has the engine do something that it may not fail in. */
    static void must(String rule, Event event) {
        try {
            event.happen();
        } catch (AssertionError e) {
            throw e;
        } catch (Exception | Error e) {
            throw failed(rule, e);
        }
    }

    private static AssertionError failed(String rule, Throwable cause) {
        return new AssertionError("[" + rule + "]\nbut the engine failed: " + cause, cause);
    }

    /** Syncs up to a step, where the process ends, and starts it again; {@return whether the sync came that far} */
    boolean crashAt(Step step, int time, String rule) throws Exception {
        return cutAt(step, time, rule, () -> {
            throw new Crash();
        });
    }

    /** Syncs, and has something happen at a step, which may end the sync; {@return whether the sync came that far} */
    boolean cutAt(Step step, int time, String rule, Event event) throws Exception {
        int[] left = {time};
        Throwable[] thrown = new Throwable[1];
        manager.probe(at -> {
            if (at == step && --left[0] == 0) {
                try {
                    event.happen();
                } catch (Exception e) {
                    thrown[0] = e;
                    throw e;
                }
            }
        });
        try {
            manager.sync(engine);
        } catch (AssertionError e) {
            throw e;
        } catch (Exception | Error e) {
            if (e instanceof Crash) {
                restart();
            } else if (thrown[0] != e && !wasInterrupted(e)) {
                throw failed(rule, e);
            }
        } finally {
            manager.probe(at -> {});
        }
        return left[0] <= 0;
    }

    /** Whoever throws an InterruptedException has taken the interrupt, as its convention is. */
    private static boolean wasInterrupted(Throwable thrown) {
        return thrown instanceof InterruptedException || Thread.currentThread().isInterrupted();
    }

    /** {@return where the engine says that it stopped} */
    Optional<SyncPoint> findSyncPoint(String collection) throws Exception {
        try (RecordSession session = engine.open(manager.context())) {
            return session.findSyncPoint(collection);
        }
    }
}
