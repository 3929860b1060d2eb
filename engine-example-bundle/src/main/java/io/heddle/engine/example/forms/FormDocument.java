// SPDX-License-Identifier: Apache-2.0
package io.heddle.engine.example.forms;

import io.heddle.engine.example.forms.FormEntry.State;
import io.heddle.engine.record.SyncPoint;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * All that the engine persists, in one document: what is kept together can't contradict itself after a crash.
 *
 * <p>Its fields are the file's JSON: {@code {"syncPoint":"TKbSgyjEEhla@1795398488.94","entries":{"LbS4eC7XRGGc":{…}},
 * "deleted":{"jI1or1aJTB+bkyV3":1795398400123}}}.
 */
final class FormDocument {

    private String syncPoint;
    private final Map<String, FormEntry> entries = new LinkedHashMap<>();
    private final Map<String, Long> deleted = new LinkedHashMap<>();

    FormDocument copy() {
        FormDocument copy = new FormDocument();
        copy.syncPoint = syncPoint;
        copy.entries.putAll(entries);
        copy.deleted.putAll(deleted);
        return copy;
    }

    /** {@return the entries by id} */
    Map<String, FormEntry> entries() {
        return entries;
    }

    /** {@return when each id was deleted, in milliseconds; a tombstone of each is to be uploaded} */
    Map<String, Long> deleted() {
        return deleted;
    }

    Optional<SyncPoint> findSyncPoint() {
        return Optional.ofNullable(syncPoint).map(SyncPoint::parse);
    }

    void setSyncPoint(SyncPoint point) {
        syncPoint = point.toString();
    }

    void put(FormEntry entry) {
        entries.put(entry.id(), entry);
    }

    /** Deletes an entry; a tombstone goes out even for a new one, for its upload may be on its way right now. */
    void delete(String id, long now) {
        entries.remove(id);
        deleted.put(id, now);
    }

    /** Forgets what the server knows. Deletions that were not sent yet stay. */
    void forgetServer() {
        syncPoint = null;
        entries.replaceAll((id, entry) -> entry.in(State.NEW));
    }

    /** Deletes everything here and tells nobody: the other devices keep theirs, or are told by another. */
    void empty() {
        syncPoint = null;
        entries.clear();
        deleted.clear();
    }

    /** Marks what was committed, unless it was changed or deleted since it was offered. */
    void markUploaded(Map<String, FormEntry> offered, Set<String> offeredTombstones, Set<String> committed) {
        for (String id : committed) {
            FormEntry sent = offered.get(id);
            if (sent != null) {
                entries.computeIfPresent(
                        id, (key, now) -> now.equals(sent) ? now.in(State.SYNCED) : now.in(State.CHANGED));
            } else if (offeredTombstones.contains(id)) {
                deleted.remove(id);
            }
        }
    }
}
