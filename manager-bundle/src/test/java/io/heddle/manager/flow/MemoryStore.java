// SPDX-License-Identifier: Apache-2.0
package io.heddle.manager.flow;

import io.heddle.api.StateStore;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A state store that survives its manager, and that can die at a certain write, before or after it is done. */
final class MemoryStore implements StateStore {

    private final List<String> aside = new ArrayList<>();
    private String json;
    private int stores;
    private int diesAt = Integer.MAX_VALUE;
    private boolean afterWriting;

    /** From the n-th store from now on nothing is kept any more, as if the process had been killed there. */
    synchronized void dieAt(int n, boolean writeIsDone) {
        stores = 0;
        diesAt = n;
        afterWriting = writeIsDone;
    }

    /** What a new process finds: the store works again. */
    synchronized void revive() {
        diesAt = Integer.MAX_VALUE;
    }

    /** How many stores there were since {@link #dieAt}, tried ones included. */
    synchronized int stores() {
        return stores;
    }

    synchronized List<String> aside() {
        return List.copyOf(aside);
    }

    synchronized void overwrite(String text) {
        json = text;
    }

    synchronized String json() {
        return json;
    }

    @Override
    public synchronized Optional<String> findState() {
        return Optional.ofNullable(json);
    }

    @Override
    public synchronized void store(String text) throws IOException {
        stores++;
        if (stores < diesAt || (stores == diesAt && afterWriting)) {
            json = text;
        }
        if (stores >= diesAt) {
            throw new IOException("killed at store " + stores);
        }
    }

    @Override
    public synchronized String setAside() {
        aside.add(json);
        json = null;
        return "aside " + aside.size();
    }
}
