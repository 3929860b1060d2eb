// SPDX-License-Identifier: Apache-2.0
package io.heddle.manager.engines;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heddle.api.EngineInfo;
import io.heddle.api.StateStore;
import io.heddle.manager.failure.SyncException;
import io.heddle.manager.reconcile.EngineSpec;
import io.heddle.manager.state.StateKeeper;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may serve which collection: grants, first use, ranking, and what becomes of them. */
class EngineChoiceTest {

    private static final String ONE = "org.example.one";
    private static final String TWO = "org.example.two";

    private final AtomicLong ids = new AtomicLong();
    private final Store store = new Store();
    private EngineRegistry registry;

    @BeforeEach
    void open() throws SyncException {
        registry = new EngineRegistry(Duration.ofSeconds(1));
        registry.guardWith(new EngineGrants(StateKeeper.open(store, () -> "device")));
    }

    @Test
    void theFirstBundleToServeACollectionKeepsIt() throws Exception {
        add(ONE, 0, "notes", "notes", "notes-files");
        assertThat(active()).containsExactly(ONE + " notes");
        assertThat(registry.grants()).isEqualTo(Map.of("notes", Set.of(ONE), "notes-files", Set.of(ONE)));

        add(TWO, 1000, "texts", "notes-files");

        assertThat(active()).containsExactly(ONE + " notes");
        assertThat(refusalOf("texts"))
                .isEqualTo("notes-files belongs to bundle " + ONE
                        + "; it needs the operator's grant: sync:grant notes-files " + TWO);
        // What was refused occupies nothing.
        assertThat(registry.grants()).doesNotContainKey("texts");
    }

    @Test
    void itKeepsItWhileItIsAwayAndAfterARestart() throws Exception {
        long first = add(ONE, 0, "notes", "notes");
        active();
        registry.remove(first);
        add(TWO, 0, "notes", "notes");
        assertThat(active()).isEmpty();

        open();
        add(TWO, 0, "notes", "notes");
        assertThat(active()).isEmpty();
        add(ONE, -5, "notes", "notes");
        assertThat(active()).containsExactly(ONE + " notes");
    }

    @Test
    void anUpdatedBundleKeepsItsGrants() {
        long before = add(ONE, 0, "notes", "notes");
        active();
        registry.remove(before);

        add(ONE, 0, "notes", "notes", "drafts");

        assertThat(active()).containsExactly(ONE + " notes");
        assertThat(registry.grants()).containsEntry("drafts", Set.of(ONE));
    }

    @Test
    void amongThoseThatCameTogetherTheRankingDecidesAndThenTheServiceId() {
        add(ONE, 0, "notes", "notes");
        add(TWO, 1, "notes", "notes");
        assertThat(active()).containsExactly(TWO + " notes");

        add(TWO, 0, "todo", "todo");
        add(ONE, 0, "todo", "todo");
        assertThat(active()).containsExactly(TWO + " notes", TWO + " todo");
    }

    @Test
    void amongTheEnginesOfOneBundleTheRankingDecides() {
        add(ONE, 0, "old", "notes");
        active();
        add(ONE, 7, "new", "notes");
        assertThat(registry.describe())
                .filteredOn(engine -> engine.findRefusal().isPresent())
                .extracting(EngineInfo::toString)
                .containsExactly("EngineInfo[new [notes], refused: engine old of bundle " + ONE
                        + " has its name or a collection of it, and comes first]");
    }

    @Test
    void aNameIsGrantedAsACollectionIs() {
        add(ONE, 0, "history", "visits");
        active();

        add(TWO, 9, "history", "of-its-own");
        add(TWO, 9, "visits", "of-its-own-too");

        assertThat(active()).containsExactly(ONE + " history");
    }

    @Test
    void theCaseOfANameMakesNoDifference() {
        add(ONE, 0, "notes", "notes");
        active();

        add(TWO, 9, "N", "Notes");
        add(TWO, 9, "P", "PassWords");

        assertThat(active()).containsExactly(ONE + " notes");
        assertThat(refusalOf("P")).startsWith("passwords is never granted by itself");
    }

    @ParameterizedTest
    @ValueSource(strings = {"passwords", "creditcards", "addresses"})
    void whatIsSensitiveNeedsTheOperatorFromTheStart(String collection) throws Exception {
        add(ONE, 0, "first", collection);
        assertThat(active()).isEmpty();
        assertThat(refusalOf("first")).contains("sync:grant " + collection + " " + ONE);

        registry.grant(collection, ONE);

        assertThat(active()).containsExactly(ONE + " first");
    }

    @Test
    void aGrantMovesACollectionAtOnce() throws Exception {
        add(ONE, 0, "notes", "notes");
        add(TWO, -9, "notes", "notes");
        active();

        registry.grant("Notes", TWO);

        assertThat(active()).containsExactly(TWO + " notes");
        assertThat(refusalOf("notes")).contains("belongs to bundle " + TWO);
        assertThat(registry.grants()).isEqualTo(Map.of("notes", Set.of(TWO)));
    }

    @Test
    void whatWasRevokedGoesToNobodyUntilTheOperatorGrantsIt() throws Exception {
        add(ONE, 0, "notes", "notes");
        active();

        assertThat(registry.revoke("notes", Optional.of(TWO))).isFalse();
        assertThat(active()).containsExactly(ONE + " notes");
        assertThat(registry.revoke("notes", Optional.empty())).isTrue();

        assertThat(active()).isEmpty();
        assertThat(refusalOf("notes")).startsWith("the operator has withdrawn notes");
        assertThat(registry.grants()).isEqualTo(Map.of("notes", Set.of()));
        assertThat(registry.revoke("never-claimed", Optional.empty())).isTrue();
        add(TWO, 0, "late", "never-claimed");
        assertThat(active()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"meta", "Crypto", "clients", "", "..", "a/b"})
    void theOperatorCanNotGrantWhatIsTheManagers(String name) {
        assertThatThrownBy(() -> registry.grant(name, ONE)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> registry.grant("notes", "a b")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> registry.revoke(name, Optional.empty())).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void whereTheStateCanNotBeStoredNothingNewIsGranted() {
        add(ONE, 0, "notes", "notes");
        active();
        store.broken = true;
        add(TWO, 0, "todo", "todo");

        assertThat(active()).containsExactly(ONE + " notes");
        assertThat(refusalOf("todo")).contains("can't be kept", "disk full");
        assertThatThrownBy(() -> registry.grant("notes", TWO)).isInstanceOf(SyncException.class);
        assertThat(active()).containsExactly(ONE + " notes");

        store.broken = false;
        assertThat(active()).containsExactly(ONE + " notes", TWO + " todo");
    }

    @Test
    void whereTheStateWasSetAsideNothingIsGrantedUnasked() throws Exception {
        store.json = "{";
        open();
        add(ONE, 0, "notes", "notes");
        add(TWO, 0, "todo", "todo");
        assertThat(active()).isEmpty();

        registry.grant("notes", ONE);
        assertThat(active()).containsExactly(ONE + " notes");
        registry.trustFirstUse(true);
        assertThat(active()).containsExactly(ONE + " notes", TWO + " todo");
    }

    @Test
    void beforeThereAreGrantsNothingMayRun() {
        registry = new EngineRegistry(Duration.ofSeconds(1));
        add(ONE, 0, "notes", "notes");

        assertThat(active()).isEmpty();
        assertThat(registry.describe()).allMatch(engine -> engine.findRefusal().isPresent());
    }

    @Test
    void aBundleCanNotFillTheStateWithNames() {
        for (int i = 0; i < 3 * EngineGrants.FIRST_USES; i++) {
            long id = add(ONE, 0, "e" + i, "c" + i);
            active();
            registry.remove(id);
        }
        add(TWO, 0, "notes", "notes");

        assertThat(registry.grants().values().stream().filter(Set.of(ONE)::equals))
                .hasSize(EngineGrants.FIRST_USES);
        assertThat(active()).containsExactly(TWO + " notes");
    }

    @Test
    void thereIsRoomForSoManyEnginesOfABundle() {
        int taken = 0;
        while (registry.hasRoomFor(ONE) && taken < 1000) {
            add(ONE, 0, "e" + taken, "c" + taken);
            taken++;
        }

        assertThat(taken).isEqualTo(64);
        assertThat(registry.hasRoomFor(TWO)).isTrue();
    }

    private long add(String bundle, int ranking, String name, String... collections) {
        long id = ids.incrementAndGet();
        EngineSpec spec = new EngineSpec(name, List.of(collections), 1, "");
        registry.add(new EngineOffer(id, spec, bundle, ranking, new EngineOffer.Source() {
            @Override
            public Object acquire() {
                throw new AssertionError("nothing runs in this test");
            }

            @Override
            public void release() {
                // Nothing was acquired.
            }
        }));
        return id;
    }

    private List<String> active() {
        return registry.active().stream()
                .map(offer -> offer.bundle() + " " + offer.name())
                .toList();
    }

    private String refusalOf(String name) {
        return registry.describe().stream()
                .filter(engine -> engine.name().equals(name))
                .flatMap(engine -> engine.findRefusal().stream())
                .findFirst()
                .orElseThrow();
    }

    private static final class Store implements StateStore {
        private String json;
        private boolean broken;

        @Override
        public Optional<String> findState() {
            return Optional.ofNullable(json);
        }

        @Override
        public void store(String document) throws IOException {
            if (broken) {
                throw new IOException("disk full");
            }
            json = document;
        }

        @Override
        public String setAside() {
            json = null;
            return "aside";
        }
    }
}
