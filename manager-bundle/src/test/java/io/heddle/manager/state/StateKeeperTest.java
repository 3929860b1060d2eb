// SPDX-License-Identifier: Apache-2.0
package io.heddle.manager.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.heddle.api.StateStore;
import io.heddle.api.SyncStatus;
import io.heddle.manager.failure.SyncException;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class StateKeeperTest {

    private final MemoryStore store = new MemoryStore();

    @Test
    void firstStateIsFreshAndStoredAtOnce() throws Exception {
        StateKeeper keeper = StateKeeper.open(store, () -> "khU9la4e2ark");

        assertThat(keeper.current()).isEqualTo(PersistedState.fresh("khU9la4e2ark"));
        assertThat(PersistedStateCodec.parse(store.json)).isEqualTo(keeper.current());
    }

    @Test
    void storedStateIsLoadedAndNotWrittenAgain() throws Exception {
        store.json = PersistedStateCodec.toJson(States.full());

        StateKeeper keeper = StateKeeper.open(store, () -> "another");

        assertThat(keeper.current()).isEqualTo(States.full());
        assertThat(store.writes).isZero();
    }

    @Test
    void changeIsStoredBeforeItCounts() throws Exception {
        StateKeeper keeper = StateKeeper.open(store, () -> "d");
        store.whileStoring = () -> assertThat(keeper.current().pendingResets()).isEmpty();

        keeper.update(state -> state.toBuilder().pendingResets(Set.of("forms")).build());

        assertThat(keeper.current().pendingResets()).containsExactly("forms");
        assertThat(StateKeeper.open(store, () -> "another").current()).isEqualTo(keeper.current());
    }

    @Test
    void closedKeeperWritesNothing() throws Exception {
        StateKeeper keeper = StateKeeper.open(store, () -> "d");
        String before = store.json;

        keeper.close();
        SyncException refused = catchThrowableOfType(
                SyncException.class,
                () -> keeper.update(state ->
                        state.toBuilder().pendingResets(Set.of("forms")).build()));

        assertThat(refused.status()).isEqualTo(SyncStatus.STOPPED);
        assertThat(store.json).isEqualTo(before);
        assertThat(keeper.current().pendingResets()).isEmpty();
    }

    @Test
    void storeThatThrowsWhatItMayNotIsNamed() throws Exception {
        StateKeeper keeper = StateKeeper.open(store, () -> "d");
        store.whileStoring = () -> {
            throw new IllegalStateException("no pool");
        };

        SyncException failed = catchThrowableOfType(
                SyncException.class,
                () -> keeper.update(state ->
                        state.toBuilder().pendingResets(Set.of("forms")).build()));

        assertThat(failed.status()).isEqualTo(SyncStatus.LOCAL_ERROR);
        assertThat(failed).hasMessageContaining("MemoryStore").hasMessageContaining("no pool");
        assertThat(keeper.current().pendingResets()).isEmpty();
    }

    @Test
    void equalStateIsNotWritten() throws Exception {
        StateKeeper keeper = StateKeeper.open(store, () -> "d");
        int writes = store.writes;

        keeper.update(state -> state);
        keeper.update(state -> state.toBuilder().grants(Grants.NONE).build());

        assertThat(store.writes).isEqualTo(writes);
    }

    @Test
    void failedStoringLeavesTheStateAsItWas() throws Exception {
        StateKeeper keeper = StateKeeper.open(store, () -> "d");
        store.failure = new IOException("could not store …/state.json: disk full");

        SyncException failed = catchThrowableOfType(
                SyncException.class,
                () -> keeper.update(state ->
                        state.toBuilder().pendingResets(Set.of("forms")).build()));

        assertThat(failed.status()).isEqualTo(SyncStatus.LOCAL_ERROR);
        assertThat(failed).hasMessageContaining("could not be stored").hasMessageContaining("state.json");
        assertThat(keeper.current()).isEqualTo(PersistedState.fresh("d"));
    }

    @Test
    void failedLoadingIsALocalErrorAndLosesNothing() {
        store.json = PersistedStateCodec.toJson(States.full());
        store.failure = new IOException("could not read …/state.json");

        assertThatThrownBy(() -> StateKeeper.open(store, () -> "d"))
                .isInstanceOfSatisfying(
                        SyncException.class,
                        failed -> assertThat(failed.status()).isEqualTo(SyncStatus.LOCAL_ERROR));
        assertThat(store.json).isEqualTo(PersistedStateCodec.toJson(States.full()));
        assertThat(store.aside).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{\"format\":1", "{\"format\":2,\"deviceId\":\"d\"}"})
    void unreadableStateIsSetAsideAndAFreshOneBegun(String json) throws Exception {
        store.json = json;

        StateKeeper keeper = StateKeeper.open(store, () -> "new");

        assertThat(store.aside).isEqualTo(json);
        // Whom it trusted is not known any more: nobody is trusted by himself.
        assertThat(keeper.current())
                .isEqualTo(PersistedState.fresh("new").toBuilder()
                        .grants(Grants.NONE.withFirstUse(false))
                        .build());
        assertThat(PersistedStateCodec.parse(store.json)).isEqualTo(keeper.current());
    }

    @Test
    void changesOfSeveralThreadsAreAllKept() throws Exception {
        StateKeeper keeper = StateKeeper.open(store, () -> "d");
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            Future<?>[] results = new Future<?>[4];
            for (int thread = 0; thread < 4; thread++) {
                int number = thread;
                results[thread] = threads.submit(() -> {
                    for (int i = 0; i < 50; i++) {
                        String engine = number + "-" + i;
                        keeper.update(state -> withReset(state, engine));
                    }
                    return null;
                });
            }
            for (Future<?> result : results) {
                result.get();
            }
        } finally {
            threads.shutdownNow();
        }

        assertThat(keeper.current().pendingResets()).hasSize(200);
        assertThat(PersistedStateCodec.parse(store.json)).isEqualTo(keeper.current());
    }

    private static PersistedState withReset(PersistedState state, String engine) {
        Set<String> resets = new TreeSet<>(state.pendingResets());
        resets.add(engine);
        return state.toBuilder().pendingResets(resets).build();
    }

    /** A store in memory that can fail. */
    private static final class MemoryStore implements StateStore {
        private String json;
        private String aside;
        private int writes;
        private IOException failure;
        private Runnable whileStoring = () -> {};

        @Override
        public Optional<String> findState() throws IOException {
            failIfAsked();
            return Optional.ofNullable(json);
        }

        @Override
        public void store(String document) throws IOException {
            failIfAsked();
            whileStoring.run();
            json = document;
            writes++;
        }

        @Override
        public String setAside() {
            aside = json;
            json = null;
            return "aside";
        }

        private void failIfAsked() throws IOException {
            if (failure != null) {
                throw failure;
            }
        }
    }
}
