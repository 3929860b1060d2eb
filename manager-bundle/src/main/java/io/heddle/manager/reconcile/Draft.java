// SPDX-License-Identifier: Apache-2.0
package io.heddle.manager.reconcile;

import io.heddle.engine.SyncGuid;
import io.heddle.manager.wire.EngineEntry;
import io.heddle.manager.wire.MetaGlobal;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/** A plan while the rules work on it. */
final class Draft {

    final Set<String> wipes = new LinkedHashSet<>();
    final Set<String> newKeysFor = new LinkedHashSet<>();
    final Set<String> resets = new LinkedHashSet<>();
    final Set<String> declined = new LinkedHashSet<>();
    final Set<String> tooOld = new LinkedHashSet<>();
    final Set<String> settledChanges = new LinkedHashSet<>();
    boolean freshStart;
    boolean deleteEverything;
    Plan.KeysAction keys = Plan.KeysAction.KEEP;
    MetaGlobal meta;

    Draft(MetaGlobal meta) {
        this.meta = meta;
    }

    boolean isDeclined(String collection) {
        return meta.declined().contains(collection);
    }

    boolean hasEntry(String collection) {
        return meta.engines().containsKey(collection);
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

    Plan toPlan(Optional<MetaGlobal> onServer) {
        boolean uploadMeta =
                onServer.isEmpty() || deleteEverything || !onServer.get().equals(meta);
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
