// SPDX-License-Identifier: Apache-2.0
package io.heddle.manager.reconcile;

import io.heddle.engine.SyncGuid;
import io.heddle.manager.reconcile.ServerView.KeysPresence;
import io.heddle.manager.reconcile.ServerView.MetaMalformed;
import io.heddle.manager.reconcile.ServerView.MetaPresent;
import io.heddle.manager.wire.EngineEntry;
import io.heddle.manager.wire.MetaGlobal;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The decision of step 4: the rules of {@code docs/reconcile.md}, a method each, bearing their numbers.
 *
 * <p>In meta/global an engine of several collections has an entry for each; its primary collection speaks for it.
 */
public final class Reconcile {

    private static final String CLIENTS = "clients";
    private static final Set<String> MADE_BY_MANAGERS = Set.of("meta", "crypto", CLIENTS);

    private final LocalView local;
    private final ServerView server;
    private final List<EngineSpec> engines;
    private final NewSyncIds ids;

    private Reconcile(LocalView local, ServerView server, List<EngineSpec> engines, NewSyncIds ids) {
        this.local = local;
        this.server = server;
        this.engines = engines;
        this.ids = ids;
    }

    /**
     * Decides.
     *
     * @param local what this device brings
     * @param server what the server holds
     * @param engines the engines that are registered here, of distinct collections
     * @param ids for whatever is new
     * @return what to do, or why nothing may be done
     */
    public static Decision decide(LocalView local, ServerView server, List<EngineSpec> engines, NewSyncIds ids) {
        return new Reconcile(local, server, List.copyOf(engines), ids).decide();
    }

    /**
     * Rule 4: an engine whose persisted syncID is not the server's resets itself, or is reset when the manager drives it.
     *
     * @param persisted what the engine persisted
     * @param onServer what meta/global says
     * @return whether the engine must forget what it knew of the server
     */
    public static boolean rule4EngineMustReset(Optional<SyncGuid> persisted, SyncGuid onServer) {
        return persisted.isPresent() && !persisted.get().equals(onServer);
    }

    private Decision decide() {
        Optional<Refusal> refusal = rule11MalformedMetaEndsTheSync()
                .or(this::rule2NewerStorageIsLeftAlone)
                .or(this::rule10KeysOfAnotherAccountAreLeftAlone);
        if (refusal.isPresent()) {
            return refusal.get();
        }
        Draft draft = mustStartFresh() ? rule1FreshStart() : rule9KeepWhatTheServerHas();
        rule3DeclinedOutlivesTheSyncId(draft);
        rule7EnabledWinsOverDeclined(draft);
        rule8UserChanges(draft);
        rule8DeclinedEnginesAreNotSynced(draft);
        rule1KnownEnginesGetEntries(draft);
        rule6NewEnginesGetEntries(draft);
        rule2EngineVersions(draft);
        rule5MissingSyncIds(draft);
        rule3NewGlobalSyncIdResetsAll(draft);
        rule10MissingKeys(draft);
        rule10NewCollectionsGetKeys(draft);
        rule12ChangedKeysResetTheirEngines(draft);
        rule13CarryPendingResets(draft);
        return draft.toPlan(onServer());
    }

    private Optional<MetaGlobal> onServer() {
        return server.meta() instanceof MetaPresent present ? Optional.of(present.document()) : Optional.empty();
    }

    private boolean mustStartFresh() {
        Optional<MetaGlobal> meta = onServer();
        return meta.isEmpty()
                || meta.get().storageVersion() < MetaGlobal.STORAGE_VERSION
                || (server.keys().presence() == KeysPresence.ABSENT && !keysCanBeReplaced(meta.get()));
    }

    /** Part of rule 10: either this device can put the account's keys back, or nothing is sealed with them yet. */
    private boolean keysCanBeReplaced(MetaGlobal meta) {
        return holdsKeysOf(meta) || MADE_BY_MANAGERS.containsAll(server.info().names());
    }

    /** Another global syncID means another beginning, with other keys; one that was lost means nothing. */
    private boolean holdsKeysOf(MetaGlobal meta) {
        return local.holdsKeys()
                && local.remembered().isPresent()
                && (meta.findSyncId().isEmpty()
                        || meta.findSyncId().equals(local.remembered().get().findSyncId()));
    }

    private Draft rule1FreshStart() {
        Set<String> others = new LinkedHashSet<>(server.info().names());
        others.remove("crypto");
        boolean deleteEverything = onServer().isPresent() || !others.isEmpty();
        MetaGlobal meta = onServer()
                .or(local::remembered)
                .map(before -> before.startedAgain(ids.global()))
                .orElseGet(() -> MetaGlobal.fresh(ids.global()));
        Draft draft = Draft.startingFresh(meta, server.info(), deleteEverything);
        boolean adoptKeys = !deleteEverything && server.keys().presence() == KeysPresence.PRESENT;
        draft.keys = adoptKeys ? Plan.KeysAction.KEEP : Plan.KeysAction.CREATE;
        return draft;
    }

    /**
     * On a fresh start, and wherever there is no engine's entry: whoever began the account was closed before it entered any,
     * or the last one was just declined. Every Firefox would take all of its own for switched off.
     */
    private void rule1KnownEnginesGetEntries(Draft draft) {
        boolean begins =
                draft.freshStart || onServer().filter(Reconcile::namesNoEngine).isPresent();
        if (!begins && !namesNoEngine(draft.meta)) {
            return;
        }
        Set<String> leftOut = new HashSet<>(draft.meta.declined());
        leftOut.addAll(draft.meta.engines().keySet());
        // An engine here knows its version better: rule 6 enters it.
        enabledEngines(draft).forEach(engine -> leftOut.addAll(engine.collections()));
        KnownEngines.all().forEach((name, version) -> {
            boolean expected = !KnownEngines.isOffAtFirst(name) || wasEntered(name);
            if (expected && !leftOut.contains(name)) {
                draft.enter(name, version, ids.forCollection(name));
            }
        });
    }

    private boolean wasEntered(String name) {
        return local.remembered()
                .filter(meta -> meta.engines().containsKey(name))
                .isPresent();
    }

    private static boolean namesNoEngine(MetaGlobal meta) {
        return MADE_BY_MANAGERS.containsAll(meta.engines().keySet());
    }

    private Optional<Refusal> rule2NewerStorageIsLeftAlone() {
        return onServer()
                .filter(meta -> meta.storageVersion() > MetaGlobal.STORAGE_VERSION)
                .map(meta -> new Refusal(
                        Refusal.Reason.UPGRADE_REQUIRED,
                        "meta/global: storageVersion " + meta.storageVersion() + ", this client knows "
                                + MetaGlobal.STORAGE_VERSION));
    }

    /** An engine has one format for all its collections: one newer entry stops it, else one older renews all of them. */
    private void rule2EngineVersions(Draft draft) {
        for (EngineSpec engine : enabledEngines(draft)) {
            if (draft.newestVersion(engine) > engine.version()) {
                draft.tooOld.add(engine.name());
            } else if (draft.oldestVersion(engine) < engine.version()) {
                for (String collection : engine.collections()) {
                    draft.enter(collection, engine.version(), ids.forCollection(collection));
                    draft.wipe(collection);
                }
                draft.resets.add(engine.name());
            }
        }
    }

    private void rule3NewGlobalSyncIdResetsAll(Draft draft) {
        Optional<SyncGuid> known = local.remembered().flatMap(MetaGlobal::findSyncId);
        if (known.isPresent() && !known.equals(draft.meta.findSyncId())) {
            engines.forEach(engine -> draft.resets.add(engine.name()));
        }
    }

    /** Who began the storage anew may not have known what the user had declined; what is enabled there stays enabled. */
    private void rule3DeclinedOutlivesTheSyncId(Draft draft) {
        Optional<SyncGuid> now = onServer().flatMap(MetaGlobal::findSyncId);
        if (local.remembered().isEmpty()
                || local.remembered().get().findSyncId().equals(now)) {
            return;
        }
        for (String name : local.remembered().get().declined()) {
            if (!draft.hasEntry(name)) {
                draft.decline(name);
            }
        }
    }

    private void rule5MissingSyncIds(Draft draft) {
        if (draft.meta.findSyncId().isEmpty()) {
            draft.meta = draft.meta.withSyncId(ids.global());
        }
        for (Map.Entry<String, EngineEntry> entry : draft.meta.engines().entrySet()) {
            if (entry.getValue().syncId().isEmpty()) {
                draft.enter(entry.getKey(), entry.getValue().version(), ids.forCollection(entry.getKey()));
            }
        }
    }

    private void rule6NewEnginesGetEntries(Draft draft) {
        for (EngineSpec engine : enabledEngines(draft)) {
            // As new as its other entries: an older one would make newer clients wipe.
            int version = Math.max(engine.version(), draft.newestVersion(engine));
            for (String collection : engine.collections()) {
                draft.undecline(collection);
                if (!draft.hasEntry(collection)) {
                    draft.enter(collection, version, ids.forCollection(collection));
                }
            }
        }
    }

    private void rule7EnabledWinsOverDeclined(Draft draft) {
        draft.meta = draft.meta.withEnabledWinning();
    }

    private void rule8UserChanges(Draft draft) {
        UserWishes wishes = UserWishes.of(local.userChanges(), engines, MADE_BY_MANAGERS);
        wishes.ofEngines().forEach((engine, enabled) -> {
            if (enabled ? enable(draft, engine) : decline(draft, engine)) {
                draft.resets.add(engine.name());
            }
        });
        wishes.ofOthers().forEach((name, enabled) -> {
            if (enabled) {
                enableElsewhere(draft, name);
            } else {
                declineAndWipe(draft, name);
            }
        });
        draft.settledChanges.addAll(local.userChanges().keySet());
    }

    /** Only the declined; rule 6 gives it its entries. */
    private static boolean enable(Draft draft, EngineSpec engine) {
        boolean wasDeclined = draft.isDeclined(engine.primaryCollection());
        engine.collections().forEach(draft::undecline);
        return wasDeclined;
    }

    /** An engine that other devices have: of Firefox's the version is known, the others enter theirs themselves. */
    private void enableElsewhere(Draft draft, String name) {
        draft.undecline(name);
        if (!draft.hasEntry(name) && KnownEngines.versionOf(name).isPresent()) {
            draft.enter(name, KnownEngines.versionOf(name).getAsInt(), ids.forCollection(name));
        }
    }

    private static boolean decline(Draft draft, EngineSpec engine) {
        boolean changed = false;
        for (String collection : engine.collections()) {
            changed |= declineAndWipe(draft, collection);
        }
        return changed;
    }

    private static boolean declineAndWipe(Draft draft, String collection) {
        if (draft.isDeclined(collection)) {
            return false;
        }
        draft.decline(collection);
        draft.wipe(collection);
        return true;
    }

    private void rule8DeclinedEnginesAreNotSynced(Draft draft) {
        Set<String> known = local.remembered().map(MetaGlobal::declined).orElse(draft.meta.declined());
        for (EngineSpec engine : engines) {
            if (draft.isDeclined(engine.primaryCollection())) {
                draft.declined.add(engine.name());
                if (!known.contains(engine.primaryCollection())) {
                    draft.resets.add(engine.name());
                }
            }
        }
    }

    private Draft rule9KeepWhatTheServerHas() {
        return Draft.continuing(onServer().orElseThrow(), server.info());
    }

    private Optional<Refusal> rule10KeysOfAnotherAccountAreLeftAlone() {
        return server.keys().presence() == KeysPresence.UNVERIFIED
                ? Optional.of(new Refusal(
                        Refusal.Reason.KEYS_NOT_OURS, "crypto/keys does not open with this account's sync key"))
                : Optional.empty();
    }

    private void rule10MissingKeys(Draft draft) {
        if (!draft.freshStart && server.keys().presence() == KeysPresence.ABSENT) {
            draft.keys = holdsKeysOf(onServer().orElseThrow()) ? Plan.KeysAction.RESTORE : Plan.KeysAction.CREATE;
        }
    }

    /** A collection gets a key of its own only while nothing can be sealed with another one. */
    private void rule10NewCollectionsGetKeys(Draft draft) {
        boolean creating = draft.keys == Plan.KeysAction.CREATE;
        boolean accountHasOwnKeys =
                draft.keys == Plan.KeysAction.KEEP && !server.keys().ownKeys().isEmpty();
        if (!local.keysPerCollection() || !(creating || accountHasOwnKeys)) {
            return;
        }
        if (creating) {
            // There from the beginning, so that an account without engines is known later as one that has own keys.
            draft.newKeysFor.add(CLIENTS);
        }
        enabledEngines(draft).stream()
                .filter(engine -> !draft.tooOld.contains(engine.name()))
                .forEach(engine -> draft.newKeysFor.addAll(engine.collections()));
        draft.newKeysFor.removeIf(draft::isStored);
        if (!creating) {
            draft.newKeysFor.removeAll(server.keys().ownKeys());
            draft.keys = draft.newKeysFor.isEmpty() ? Plan.KeysAction.KEEP : Plan.KeysAction.EXTEND;
        }
    }

    private Optional<Refusal> rule11MalformedMetaEndsTheSync() {
        return server.meta() instanceof MetaMalformed malformed
                ? Optional.of(new Refusal(Refusal.Reason.MALFORMED, malformed.reason()))
                : Optional.empty();
    }

    private void rule12ChangedKeysResetTheirEngines(Draft draft) {
        for (EngineSpec engine : engines) {
            if (engine.collections().stream().anyMatch(server.keys().changedFor()::contains)) {
                draft.resets.add(engine.name());
            }
        }
    }

    private void rule13CarryPendingResets(Draft draft) {
        draft.resets.addAll(local.pendingResets());
    }

    private List<EngineSpec> enabledEngines(Draft draft) {
        return engines.stream()
                .filter(engine -> !draft.isDeclined(engine.primaryCollection()))
                .toList();
    }
}
