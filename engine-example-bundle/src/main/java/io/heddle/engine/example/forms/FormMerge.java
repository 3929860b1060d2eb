// SPDX-License-Identifier: Apache-2.0
package io.heddle.engine.example.forms;

import io.heddle.engine.example.forms.FormEntry.State;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Merges the server's records into a document. Three rules:
 *
 * <ol>
 *   <li>Changed on both sides: the later change wins. (It compares the server's clock with this device's; for form
 *       history a wrong guess costs nothing that matters.)
 *   <li>The same name and value under another id is the same entry. Ours takes the server's id when it was never
 *       uploaded; when both ids are on the server the smaller stays, so that every device drops the same one.
 *   <li>What is applied twice is the same as once.
 * </ol>
 */
final class FormMerge {

    private final FormDocument document;
    private final long now;
    private final Map<List<String>, String> idByContent = new HashMap<>();

    FormMerge(FormDocument document, long now) {
        this.document = document;
        this.now = now;
        document.entries().values().forEach(this::remember);
    }

    /** Takes a record whose entry was written on the server at {@link FormEntry#changedAt()}. */
    void take(FormEntry theirs) {
        Long deletedAt = document.deleted().get(theirs.id());
        if (deletedAt != null && deletedAt > theirs.changedAt()) {
            return;
        }
        FormEntry ours = document.entries().get(theirs.id());
        if (ours != null && isNewer(ours, theirs.changedAt())) {
            document.put(ours.in(ours.saysTheSameAs(theirs) ? State.SYNCED : State.CHANGED));
            return;
        }
        document.deleted().remove(theirs.id());
        if (ours != null) {
            forget(ours);
        }
        FormEntry twin = document.entries().get(idByContent.getOrDefault(content(theirs), ""));
        if (twin != null && twin.state() != State.NEW && twin.id().compareTo(theirs.id()) < 0) {
            document.delete(theirs.id(), now);
            return;
        }
        if (twin != null) {
            drop(twin);
        }
        document.put(theirs);
        remember(theirs);
    }

    /** Takes a tombstone that was written on the server at that time. */
    void takeTombstone(String id, long deletedAt) {
        document.deleted().remove(id);
        FormEntry ours = document.entries().get(id);
        if (ours == null) {
            return;
        }
        if (isNewer(ours, deletedAt)) {
            document.put(ours.in(State.NEW));
        } else {
            document.entries().remove(id);
            forget(ours);
        }
    }

    private void drop(FormEntry twin) {
        if (twin.state() == State.NEW) {
            document.entries().remove(twin.id());
        } else {
            document.delete(twin.id(), now);
        }
    }

    private static boolean isNewer(FormEntry ours, long serverTime) {
        return ours.isToUpload() && ours.changedAt() > serverTime;
    }

    private void remember(FormEntry entry) {
        idByContent.put(content(entry), entry.id());
    }

    private void forget(FormEntry entry) {
        idByContent.remove(content(entry), entry.id());
    }

    private static List<String> content(FormEntry entry) {
        return List.of(entry.name(), entry.value());
    }
}
