// SPDX-License-Identifier: Apache-2.0
package io.heddle.integration.ledger;

import io.heddle.engine.record.RecordContext;
import io.heddle.engine.record.RecordEngine;
import io.heddle.engine.record.RecordSession;
import io.heddle.integration.bench.Phases;
import io.heddle.integration.bench.TodoDesk;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** The engine, and its user's side. */
final class LedgerEngine implements RecordEngine, TodoDesk {

    /** Libraries leave such things behind on threads: it must not keep this bundle's class loader alive. */
    private static final ThreadLocal<LedgerEngine> LAST_USED = new ThreadLocal<>();

    private final String device;
    private final String name;
    private final String version;
    private final LedgerStore store;
    private final List<String> runs = new CopyOnWriteArrayList<>();

    LedgerEngine(String device, String name, String version, LedgerStore store) {
        this.device = device;
        this.name = name;
        this.version = version;
        this.store = store;
    }

    void reached(String phase) throws InterruptedException {
        Phases.reached(device, name, phase);
    }

    @Override
    public RecordSession open(RecordContext context) throws InterruptedException {
        LAST_USED.set(this);
        runs.add(version);
        reached("open");
        return new LedgerSession(this, name, store);
    }

    @Override
    public void reset() throws IOException {
        store.forgetServer();
    }

    @Override
    public void wipe() throws IOException {
        store.deleteAll();
    }

    @Override
    public void add(String text) throws IOException {
        store.add(text);
    }

    @Override
    public Collection<String> texts() {
        return store.texts();
    }

    @Override
    public List<String> runs() {
        return runs;
    }
}
