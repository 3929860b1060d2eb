// SPDX-License-Identifier: Apache-2.0
package io.heddle.manager.state;

import io.heddle.api.StateStore;
import io.heddle.api.SyncStatus;
import io.heddle.manager.failure.EngineFailure;
import io.heddle.manager.failure.ForeignCode;
import io.heddle.manager.failure.SyncException;
import java.io.IOException;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Holds the state in use and keeps the stored one equal to it: a change is stored before it counts.
 *
 * <p><b>Threading:</b> safe for use by several threads; {@link #current()} never waits.
 */
public final class StateKeeper implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(StateKeeper.class);

    private final StateStore store;
    private volatile PersistedState current;
    private boolean closed;

    private StateKeeper(StateStore store, PersistedState current) {
        this.store = store;
        this.current = current;
    }

    /**
     * Loads the state. One that can't be read is set aside, with a warning in the log, and a fresh one begun and stored:
     * one that trusts no engine at first sight, as what was granted before is not known any more.
     *
     * @param store where the state is kept
     * @param newDeviceId gives the device id for a fresh state, 12 random characters of base64url
     * @return the keeper
     * @throws SyncException with {@code LOCAL_ERROR} when the store fails
     */
    public static StateKeeper open(StateStore store, Supplier<String> newDeviceId) throws SyncException {
        Optional<String> json;
        Optional<PersistedState> stored;
        try {
            json = ForeignCode.call("findState", store::findState);
            stored = json.isPresent() ? read(json.get(), store) : Optional.empty();
        } catch (EngineFailure e) {
            throw failure("loaded", store, e);
        }
        if (stored.isPresent()) {
            return new StateKeeper(store, stored.get());
        }
        PersistedState fresh = PersistedState.fresh(newDeviceId.get()).toBuilder()
                .grants(Grants.NONE.withFirstUse(json.isEmpty()))
                .build();
        store(store, fresh);
        return new StateKeeper(store, fresh);
    }

    /** {@return the state as it is stored} */
    public PersistedState current() {
        return current;
    }

    /**
     * Changes the state; nothing is written when it stays equal.
     *
     * @param change makes the new state of the current one; it must not call this keeper
     * @throws SyncException with {@code LOCAL_ERROR} when it can't be stored, with {@code STOPPED} after {@link #close()};
     *     the state is then as before
     */
    public synchronized void update(UnaryOperator<PersistedState> change) throws SyncException {
        PersistedState changed = Objects.requireNonNull(change.apply(current), "the changed state");
        if (changed.equals(current)) {
            return;
        }
        if (closed) {
            throw new SyncException(SyncStatus.STOPPED, "the manager was closed: its state is not written any more");
        }
        store(store, changed);
        current = changed;
    }

    /** Writes nothing from now on: another keeper may read the store. It waits for a write that is under way. */
    @Override
    public synchronized void close() {
        closed = true;
    }

    private static void store(StateStore store, PersistedState state) throws SyncException {
        try {
            String json = PersistedStateCodec.toJson(state);
            ForeignCode.run("store", () -> store.store(json));
        } catch (EngineFailure e) {
            throw failure("stored", store, e);
        }
    }

    private static Optional<PersistedState> read(String json, StateStore store) throws EngineFailure {
        try {
            return Optional.of(PersistedStateCodec.parse(json));
        } catch (UnreadableStateException e) {
            String place = ForeignCode.call("setAside", store::setAside);
            LOG.warn("The manager's state can't be used and was set aside as {}: {}", place, e.getMessage());
            return Optional.empty();
        }
    }

    /** The store's own words when it failed as it may, else what it threw. */
    private static SyncException failure(String what, StateStore store, EngineFailure failure) {
        String reason = failure.getCause() instanceof IOException foreseen
                ? ForeignCode.wordsOf(foreseen)
                : store.getClass().getName() + ": " + failure.getMessage();
        return new SyncException(
                SyncStatus.LOCAL_ERROR, "the state could not be " + what + ": " + reason, failure.getCause());
    }
}
