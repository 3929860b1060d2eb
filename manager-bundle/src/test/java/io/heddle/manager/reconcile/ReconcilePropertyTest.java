// SPDX-License-Identifier: Apache-2.0
package io.heddle.manager.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.heddle.manager.reconcile.Plan.KeysAction;
import io.heddle.manager.reconcile.ServerView.KeysPresence;
import io.heddle.manager.reconcile.ServerView.MetaMalformed;
import io.heddle.manager.wire.EngineEntry;
import io.heddle.manager.wire.MetaGlobal;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.PropertyDefaults;
import net.jqwik.api.Provide;

/** What is true of every decision. The conditions are said here a second time, in other words than the rules' own. */
@PropertyDefaults(tries = 600)
class ReconcilePropertyTest {

    private static final NewSyncIds IDS = new NewSyncIds("seed");
    private static final Set<String> OF_MANAGERS = Set.of("meta", "crypto", "clients");

    @Provide
    Arbitrary<Situation> situations() {
        return AnySituation.arbitrary();
    }

    private static Optional<Plan> planFor(Situation situation) {
        return situation.decide(IDS) instanceof Plan plan ? Optional.of(plan) : Optional.empty();
    }

    @Property
    void itRefusesWhatItMustNotTouchAndNothingElse(@ForAll("situations") Situation situation) {
        boolean untouchable = situation.meta instanceof MetaMalformed
                || situation.keys == KeysPresence.UNVERIFIED
                || situation
                        .document()
                        .filter(meta -> meta.storageVersion() > 5)
                        .isPresent();

        assertThat(situation.decide(IDS) instanceof Refusal).isEqualTo(untouchable);
    }

    @Property
    void decidingAgainAfterThePlanChangesNothing(@ForAll("situations") Situation situation) {
        planFor(situation).ifPresent(plan -> {
            Situation after = situation.after(plan);
            Plan again = (Plan) after.decide(new NewSyncIds("another seed"));

            assertThat(again.writes()).as("%s", again).isFalse();
            assertThat(again.meta()).isEqualTo(plan.meta());
            assertThat(again.resets()).isEmpty();
            assertThat(again.settledChanges()).isEmpty();
            assertThat(again.declined()).isEqualTo(plan.declined());
            assertThat(again.tooOld()).isEqualTo(plan.tooOld());
        });
    }

    @Property
    void everythingIsDeletedOnlyWhereNothingCanBeRead(@ForAll("situations") Situation situation) {
        planFor(situation).ifPresent(plan -> {
            Optional<MetaGlobal> meta = situation.document();
            Set<String> data = new HashSet<>(situation.stored);
            data.removeAll(OF_MANAGERS);
            boolean older =
                    meta.filter(document -> document.storageVersion() < 5).isPresent();
            boolean keysAreGone = meta.isPresent()
                    && situation.keys == KeysPresence.ABSENT
                    && !data.isEmpty()
                    && !(situation.holdsKeys && sameBeginning(situation));
            boolean rest = meta.isEmpty() && !Set.of("crypto").containsAll(situation.stored);

            assertThat(plan.deleteEverything()).isEqualTo(older || keysAreGone || rest);
            assertThat(plan.freshStart()).isEqualTo(meta.isEmpty() || older || keysAreGone);
        });
    }

    private static boolean sameBeginning(Situation situation) {
        Optional<MetaGlobal> remembered = situation.remembered;
        MetaGlobal meta = situation.document().orElseThrow();
        return meta.findSyncId().isEmpty()
                || remembered.flatMap(MetaGlobal::findSyncId).equals(meta.findSyncId());
    }

    @Property
    void aCollectionIsWipedOnlyForTheUserOrForANewerVersion(@ForAll("situations") Situation situation) {
        planFor(situation).ifPresent(plan -> {
            for (String wiped : plan.wipes()) {
                assertThat(plan.deleteEverything()).isFalse();
                assertThat(situation.stored).contains(wiped);
                assertThat(OF_MANAGERS).doesNotContain(wiped);
                boolean declined = lastWishFor(situation, wiped)
                                .filter(enabled -> !enabled)
                                .isPresent()
                        && plan.meta().declined().contains(wiped);
                assertThat(declined || isRenewed(situation, plan, wiped))
                        .as(wiped)
                        .isTrue();
            }
        });
    }

    private static Optional<EngineSpec> engineOf(Situation situation, String collection) {
        return situation.engines.stream()
                .filter(engine -> engine.collections().contains(collection))
                .findFirst();
    }

    /** What the user said last of the engine that has the collection, or of the name when no engine here has it. */
    private static Optional<Boolean> lastWishFor(Situation situation, String collection) {
        Optional<EngineSpec> engine = engineOf(situation, collection);
        Boolean wish = null;
        for (Map.Entry<String, Boolean> change : situation.userChanges.entrySet()) {
            String name = change.getKey();
            boolean concerned = engine.isEmpty()
                    ? name.equals(collection)
                    : List.of(
                                    engine.get().name(),
                                    engine.get().group(),
                                    engine.get().collections().get(0))
                            .contains(name);
            wish = concerned ? change.getValue() : wish;
        }
        return Optional.ofNullable(wish);
    }

    private static boolean isRenewed(Situation situation, Plan plan, String collection) {
        Map<String, EngineEntry> before = situation.document().orElseThrow().engines();
        EngineSpec engine = engineOf(situation, collection).orElseThrow();
        boolean older = engine.collections().stream()
                .anyMatch(name -> before.containsKey(name) && before.get(name).version() < engine.version());
        boolean newer = engine.collections().stream()
                .anyMatch(name -> before.containsKey(name) && before.get(name).version() > engine.version());
        return older
                && !newer
                && plan.resets().contains(engine.name())
                && plan.meta().engines().get(collection).version() == engine.version();
    }

    /** Of a document that is written; one that is left alone is understood so. */
    @Property
    void noEngineIsInBothListsOfWhatIsDecided(@ForAll("situations") Situation situation) {
        planFor(situation)
                .map(Plan::meta)
                .ifPresent(meta -> assertThat(
                                common(meta.declined(), meta.engines().keySet()))
                        .isEmpty());
    }

    @Property
    void metaGlobalIsLeftAsItIsWhereOnlyNamesUnknownToFirefoxWouldLeaveOneOfBothLists(
            @ForAll("situations") Situation situation) {
        planFor(situation).ifPresent(plan -> {
            Set<String> inBoth = situation
                    .document()
                    .map(meta -> common(meta.declined(), meta.engines().keySet()))
                    .orElse(Set.of());
            boolean asDecided = situation
                    .document()
                    .filter(meta -> withoutDeclining(inBoth, meta).equals(plan.meta()))
                    .isPresent();
            boolean knownToNoFirefox =
                    common(inBoth, KnownEngines.all().keySet()).isEmpty();

            assertThat(plan.uploadMeta()).isEqualTo(plan.deleteEverything() || !asDecided || !knownToNoFirefox);
        });
    }

    private static MetaGlobal withoutDeclining(Set<String> names, MetaGlobal meta) {
        Set<String> rest = new HashSet<>(meta.declined());
        rest.removeAll(names);
        return meta.withDeclined(rest);
    }

    private static Set<String> common(Set<String> some, Set<String> others) {
        Set<String> both = new HashSet<>(some);
        both.retainAll(others);
        return both;
    }

    @Property
    void everythingHasASyncId(@ForAll("situations") Situation situation) {
        planFor(situation).ifPresent(plan -> {
            assertThat(plan.meta().findSyncId()).isPresent();
            assertThat(plan.meta().storageVersion()).isEqualTo(5);
            assertThat(plan.meta().engines().values())
                    .allSatisfy(entry -> assertThat(entry.syncId()).isPresent());
        });
    }

    @Property
    void everyEngineHereIsDeclinedOrHasAllItsEntries(@ForAll("situations") Situation situation) {
        planFor(situation).ifPresent(plan -> {
            for (EngineSpec engine : situation.engines) {
                boolean declined = plan.meta().declined().contains(engine.primaryCollection());
                assertThat(plan.declined().contains(engine.name())).isEqualTo(declined);
                if (!declined) {
                    assertThat(plan.meta().engines().keySet()).containsAll(engine.collections());
                }
            }
        });
    }

    @Property
    void whereAnAccountBeginsNoEngineOfFirefoxIsForgottenOrSwitchedOn(@ForAll("situations") Situation situation) {
        planFor(situation).ifPresent(plan -> {
            boolean unfilled =
                    situation.document().filter(this::isWithoutEngines).isPresent();
            if (plan.freshStart() || unfilled || isWithoutEngines(plan.meta())) {
                Set<String> named = new HashSet<>(plan.meta().engines().keySet());
                named.addAll(plan.meta().declined());
                assertThat(named)
                        .contains("clients", "bookmarks", "history", "passwords", "tabs", "forms", "prefs", "addons")
                        .contains("extension-storage");
                boolean wasOn = Stream.of(situation.remembered, situation.document())
                        .flatMap(Optional::stream)
                        .anyMatch(meta -> meta.engines().containsKey("addresses"));
                boolean isOn = plan.meta().engines().containsKey("addresses");
                assertThat(isOn
                                && !wasOn
                                && !lastWishFor(situation, "addresses").orElse(false))
                        .isFalse();
            }
        });
    }

    /** So that a sync that waits for whoever fills the account never does so without having something to write. */
    @Property
    void whereThereIsNoEntryAtAllMetaGlobalIsWritten(@ForAll("situations") Situation situation) {
        planFor(situation)
                .filter(plan -> situation
                        .document()
                        .filter(meta -> meta.engines().isEmpty())
                        .isPresent())
                .ifPresent(plan -> assertThat(plan.uploadMeta()).isTrue());
    }

    private boolean isWithoutEngines(MetaGlobal meta) {
        Set<String> engines = new HashSet<>(meta.engines().keySet());
        engines.removeAll(OF_MANAGERS);
        return engines.isEmpty();
    }

    @Property
    void theDeclinedListLosesOnlyWhatIsEnabled(@ForAll("situations") Situation situation) {
        planFor(situation).ifPresent(plan -> {
            Optional<MetaGlobal> server = situation.document();
            Set<String> before = new HashSet<>(server.map(MetaGlobal::declined).orElse(Set.of()));
            if (server.isEmpty()
                    || !sameBeginning(situation)
                    || server.get().findSyncId().isEmpty()) {
                // What was in both lists was enabled.
                situation.remembered.ifPresent(meta -> before.addAll(
                        withoutDeclining(meta.engines().keySet(), meta).declined()));
            }
            before.removeAll(plan.meta().declined());
            for (String lost : before) {
                boolean inEntries = server.or(() -> situation.remembered)
                        .filter(meta -> meta.engines().containsKey(lost))
                        .isPresent();
                boolean byUser = lastWishFor(situation, lost).orElse(false);
                boolean withItsEngine = engineOf(situation, lost)
                        .filter(engine -> !engine.primaryCollection().equals(lost))
                        .filter(engine -> !plan.declined().contains(engine.name()))
                        .isPresent();
                assertThat(inEntries || byUser || withItsEngine).as(lost).isTrue();
            }
        });
    }

    @Property
    void whatIsUnknownSurvives(@ForAll("situations") Situation situation) {
        planFor(situation).filter(plan -> situation.document().isPresent()).ifPresent(plan -> {
            MetaGlobal server = situation.document().orElseThrow();
            JsonObject before = JsonParser.parseString(server.toPayload()).getAsJsonObject();
            JsonObject after = JsonParser.parseString(plan.meta().toPayload()).getAsJsonObject();
            assertThat(after.get("y")).isEqualTo(before.get("y"));
            for (Map.Entry<String, EngineEntry> entry : server.engines().entrySet()) {
                String name = entry.getKey();
                if (engineOf(situation, name).isPresent() || situation.userChanges.containsKey(name)) {
                    continue;
                }
                EngineEntry kept = plan.meta().engines().get(name);
                assertThat(kept.version()).isEqualTo(entry.getValue().version());
                if (!plan.freshStart() && entry.getValue().syncId().isPresent()) {
                    assertThat(kept.syncId()).isEqualTo(entry.getValue().syncId());
                }
                JsonObject json = after.getAsJsonObject("engines").getAsJsonObject(name);
                assertThat(json.has("x"))
                        .isEqualTo(before.getAsJsonObject("engines")
                                .getAsJsonObject(name)
                                .has("x"));
            }
        });
    }

    @Property
    void aKeyIsMadeOnlyWhereNothingIsSealedWithAnother(@ForAll("situations") Situation situation) {
        planFor(situation).ifPresent(plan -> {
            Set<String> stored = new HashSet<>(plan.deleteEverything() ? Set.of() : situation.stored);
            stored.removeAll(plan.wipes());
            assertThat(common(plan.newKeysFor(), stored)).isEmpty();
            assertThat(situation.keysPerCollection || plan.newKeysFor().isEmpty())
                    .isTrue();
            boolean there = situation.keys == KeysPresence.PRESENT && !plan.deleteEverything();
            if (there) {
                assertThat(plan.keys()).isIn(KeysAction.KEEP, KeysAction.EXTEND);
                assertThat(common(plan.newKeysFor(), situation.ownKeys)).isEmpty();
                assertThat(plan.newKeysFor().isEmpty() || !situation.ownKeys.isEmpty())
                        .isTrue();
            } else {
                assertThat(plan.keys()).isIn(KeysAction.CREATE, KeysAction.RESTORE);
                assertThat(plan.keys() != KeysAction.RESTORE || situation.holdsKeys)
                        .isTrue();
            }
        });
    }

    @Property
    void whatHasChangedUnderAnEngineResetsIt(@ForAll("situations") Situation situation) {
        planFor(situation).ifPresent(plan -> {
            assertThat(plan.resets()).containsAll(situation.pendingResets);
            boolean otherBeginning = situation.remembered.flatMap(MetaGlobal::findSyncId).stream()
                    .anyMatch(known -> !plan.meta().findSyncId().equals(Optional.of(known)));
            for (EngineSpec engine : situation.engines) {
                boolean otherKey = engine.collections().stream().anyMatch(situation.changedKeys::contains);
                if (otherBeginning || otherKey) {
                    assertThat(plan.resets()).contains(engine.name());
                }
            }
        });
    }
}
