// SPDX-License-Identifier: Apache-2.0
package io.heddle.manager.reconcile;

import io.heddle.engine.SyncGuid;
import io.heddle.manager.reconcile.ServerView.KeysPresence;
import io.heddle.manager.reconcile.ServerView.MetaMalformed;
import io.heddle.manager.reconcile.ServerView.MetaPresent;
import io.heddle.manager.wire.EngineEntry;
import io.heddle.manager.wire.MetaGlobal;
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

    private static final Set<String> MADE_BY_MANAGERS = Set.of("meta", "crypto", "clients");

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
        rule5MissingSyncIds(draft);
        rule7EnabledWinsOverDeclined(draft);
        rule8UserChanges(draft);
        rule8DeclinedEnginesAreNotSynced(draft);
        rule6NewEnginesGetEntries(draft);
        rule2EngineVersions(draft);
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

    private boolean holdsKeysOf(MetaGlobal meta) {
        return local.holdsKeys()
                && local.remembered().isPresent()
                && local.remembered().get().findSyncId().equals(meta.findSyncId());
    }

    private Draft rule1FreshStart() {
        Draft draft = new Draft(MetaGlobal.fresh(ids.global()));
        draft.freshStart = true;
        boolean metaUnusable = onServer().isPresent();
        Set<String> others = new LinkedHashSet<>(server.info().names());
        others.remove("crypto");
        draft.deleteEverything = metaUnusable || !others.isEmpty();
        boolean adoptKeys = !draft.deleteEverything && server.keys().presence() == KeysPresence.PRESENT;
        draft.keys = adoptKeys ? Plan.KeysAction.KEEP : Plan.KeysAction.CREATE;
        Optional<MetaGlobal> before = onServer().or(local::remembered);
        before.ifPresent(meta -> draft.meta = draft.meta.withDeclined(meta.declined()));
        KnownEngines.all().forEach((name, version) -> enterUnlessDeclined(draft, name, version));
        before.ifPresent(
                meta -> meta.engines().forEach((name, entry) -> enterUnlessDeclined(draft, name, entry.version())));
        return draft;
    }

    private void enterUnlessDeclined(Draft draft, String name, int version) {
        if (!draft.isDeclined(name) && !draft.hasEntry(name)) {
            draft.enter(name, version, ids.forCollection(name));
        }
    }

    private Optional<Refusal> rule2NewerStorageIsLeftAlone() {
        return onServer()
                .filter(meta -> meta.storageVersion() > MetaGlobal.STORAGE_VERSION)
                .map(meta -> new Refusal(
                        Refusal.Reason.UPGRADE_REQUIRED,
                        "meta/global: storageVersion " + meta.storageVersion() + ", this client knows "
                                + MetaGlobal.STORAGE_VERSION));
    }

    private void rule2EngineVersions(Draft draft) {
        for (EngineSpec engine : enabledEngines(draft)) {
            Map<String, EngineEntry> entries = draft.meta.engines();
            if (engine.collections().stream().anyMatch(c -> entries.get(c).version() > engine.version())) {
                draft.tooOld.add(engine.name());
                continue;
            }
            for (String collection : engine.collections()) {
                if (entries.get(collection).version() < engine.version()) {
                    draft.enter(collection, engine.version(), ids.forCollection(collection));
                    wipeIfStored(draft, collection);
                    draft.resets.add(engine.name());
                }
            }
        }
    }

    private void rule3NewGlobalSyncIdResetsAll(Draft draft) {
        Optional<SyncGuid> known = local.remembered().flatMap(MetaGlobal::findSyncId);
        if (known.isPresent() && !known.equals(draft.meta.findSyncId())) {
            engines.forEach(engine -> draft.resets.add(engine.name()));
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
            for (String collection : engine.collections()) {
                draft.undecline(collection);
                if (!draft.hasEntry(collection)) {
                    draft.enter(collection, engine.version(), ids.forCollection(collection));
                }
            }
        }
    }

    private void rule7EnabledWinsOverDeclined(Draft draft) {
        Set<String> declined = new LinkedHashSet<>(draft.meta.declined());
        if (declined.removeAll(draft.meta.engines().keySet())) {
            draft.meta = draft.meta.withDeclined(declined);
        }
    }

    private void rule8UserChanges(Draft draft) {
        local.userChanges().forEach((name, enabled) -> {
            List<EngineSpec> here =
                    engines.stream().filter(engine -> engine.answersTo(name)).toList();
            Set<String> collections = new LinkedHashSet<>();
            here.forEach(engine -> collections.addAll(engine.collections()));
            if (here.isEmpty()) {
                collections.add(name);
            }
            boolean changed = false;
            for (String collection : collections) {
                changed |= enabled ? enable(draft, collection, here) : declineHere(draft, collection);
            }
            if (changed) {
                here.forEach(engine -> draft.resets.add(engine.name()));
            }
            draft.settledChanges.add(name);
        });
    }

    private boolean enable(Draft draft, String collection, List<EngineSpec> here) {
        if (!draft.isDeclined(collection)) {
            return false;
        }
        draft.undecline(collection);
        // An engine that is here gets its entry by rule 6.
        if (here.isEmpty() && KnownEngines.versionOf(collection).isPresent()) {
            draft.enter(collection, KnownEngines.versionOf(collection).getAsInt(), ids.forCollection(collection));
        }
        return true;
    }

    private boolean declineHere(Draft draft, String collection) {
        if (draft.isDeclined(collection)) {
            return false;
        }
        draft.decline(collection);
        wipeIfStored(draft, collection);
        return true;
    }

    private void rule8DeclinedEnginesAreNotSynced(Draft draft) {
        for (EngineSpec engine : engines) {
            if (!draft.isDeclined(engine.primaryCollection())) {
                continue;
            }
            draft.declined.add(engine.name());
            engine.collections().forEach(draft::decline);
            boolean newlyDeclined = local.remembered().isPresent()
                    && !local.remembered().get().declined().contains(engine.primaryCollection());
            if (newlyDeclined) {
                draft.resets.add(engine.name());
            }
        }
    }

    private Draft rule9KeepWhatTheServerHas() {
        return new Draft(onServer().orElseThrow());
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
        boolean accountHasOwnKeys = !server.keys().ownKeys().isEmpty() && draft.keys == Plan.KeysAction.KEEP;
        if (!local.keysPerCollection() || !(creating || accountHasOwnKeys)) {
            return;
        }
        for (EngineSpec engine : enabledEngines(draft)) {
            for (String collection : engine.collections()) {
                boolean stored = server.info().has(collection) && !draft.deleteEverything;
                if (!stored && (creating || !server.keys().ownKeys().contains(collection))) {
                    draft.newKeysFor.add(collection);
                }
            }
        }
        if (!creating && !draft.newKeysFor.isEmpty()) {
            draft.keys = Plan.KeysAction.EXTEND;
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

    private void wipeIfStored(Draft draft, String collection) {
        if (server.info().has(collection) && !draft.deleteEverything) {
            draft.wipes.add(collection);
        }
    }
}
