// SPDX-License-Identifier: Apache-2.0
package io.heddle.manager.reconcile;

import io.heddle.engine.SyncGuid;
import io.heddle.manager.wire.EngineEntry;
import io.heddle.manager.wire.InfoCollections;
import io.heddle.manager.wire.MetaGlobal;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/** A plan while the rules work on it. */
final class Draft {

    final Set<String> newKeysFor = new LinkedHashSet<>();
    final Set<String> resets = new LinkedHashSet<>();
    final Set<String> declined = new LinkedHashSet<>();
    final Set<String> tooOld = new LinkedHashSet<>();
    final Set<String> settledChanges = new LinkedHashSet<>();
    final boolean freshStart;
    final boolean deleteEverything;
    Plan.KeysAction keys = Plan.KeysAction.KEEP;
    MetaGlobal meta;
    private final Set<String> wipes = new LinkedHashSet<>();
    private final InfoCollections stored;

    private Draft(MetaGlobal meta, InfoCollections stored, boolean freshStart, boolean deleteEverything) {
        this.meta = meta;
        this.stored = stored;
        this.freshStart = freshStart;
        this.deleteEverything = deleteEverything;
    }

    /** What is there goes on. */
    static Draft continuing(MetaGlobal meta, InfoCollections stored) {
        return new Draft(meta, stored, false, false);
    }

    /** The storage begins anew. */
    static Draft startingFresh(MetaGlobal meta, InfoCollections stored, boolean deleteEverything) {
        return new Draft(meta, deleteEverything ? InfoCollections.EMPTY : stored, true, deleteEverything);
    }

    boolean isDeclined(String collection) {
        return meta.declined().contains(collection);
    }

    boolean hasEntry(String collection) {
        return meta.engines().containsKey(collection);
    }

    /** The newest version among an engine's entries; the engine's own when it has none. */
    int newestVersion(EngineSpec engine) {
        return versions(engine).max().orElse(engine.version());
    }

    /** The oldest version among an engine's entries; the engine's own when it has none. */
    int oldestVersion(EngineSpec engine) {
        return versions(engine).min().orElse(engine.version());
    }

    private IntStream versions(EngineSpec engine) {
        return engine.collections().stream()
                .filter(this::hasEntry)
                .mapToInt(collection -> meta.engines().get(collection).version());
    }

    /** Whether the collection is there once all that must go has gone. */
    boolean isStored(String collection) {
        return stored.has(collection) && !wipes.contains(collection);
    }

    void enter(String collection, int version, SyncGuid syncId) {
        meta = meta.withEngine(collection, new EngineEntry(version, Optional.of(syncId)));
    }

    void decline(String collection) {
        Set<String> names = new LinkedHashSet<>(meta.declined());
        names.add(collection);
        meta = meta.withDeclined(names).withoutEngine(collection);
    }

    void undecline(String collection) {
        Set<String> names = new LinkedHashSet<>(meta.declined());
        names.remove(collection);
        meta = meta.withDeclined(names);
    }

    void wipe(String collection) {
        if (isStored(collection)) {
            wipes.add(collection);
        }
    }

    /**
     * Part of rule 7: a name in both lists is enabled as it is. Firefox puts one that it doesn't know among the declined ones
     * again and again, so taking it out is worth no write of its own.
     */
    private boolean isWorthWriting(MetaGlobal onServer) {
        Set<String> names = new LinkedHashSet<>(onServer.declined());
        names.removeIf(name -> !isDeclined(name)
                && onServer.engines().containsKey(name)
                && KnownEngines.versionOf(name).isEmpty());
        return !onServer.withDeclined(names).equals(meta);
    }

    Plan toPlan(Optional<MetaGlobal> onServer) {
        boolean uploadMeta = onServer.isEmpty() || deleteEverything || isWorthWriting(onServer.get());
        return new Plan(
                freshStart,
                deleteEverything,
                wipes,
                keys,
                newKeysFor,
                meta,
                uploadMeta,
                resets,
                declined,
                tooOld,
                settledChanges);
    }
}
