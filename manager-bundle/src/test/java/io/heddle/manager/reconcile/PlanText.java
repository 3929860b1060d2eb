// SPDX-License-Identifier: Apache-2.0
package io.heddle.manager.reconcile;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * A decision in a line, with nothing left out: {@code wipe todo; upload G{} -todo; reset todo; declined todo; settled todo},
 * {@code refuse MALFORMED}, or {@code nothing}. Names are in their alphabetical order; meta/global is written as
 * {@link MetaText} says.
 */
final class PlanText {

    private PlanText() {}

    static String of(Decision decision, NewSyncIds ids) {
        if (decision instanceof Refusal refusal) {
            return "refuse " + refusal.reason();
        }
        Plan plan = (Plan) decision;
        List<String> parts = new ArrayList<>();
        if (plan.freshStart()) {
            parts.add("fresh start");
        }
        if (plan.deleteEverything()) {
            parts.add("delete everything");
        }
        add(parts, "wipe", plan.wipes());
        switch (plan.keys()) {
            case KEEP -> add(parts, "keys unasked for", plan.newKeysFor());
            case CREATE -> parts.add(plan.newKeysFor().isEmpty() ? "create keys" : named("create keys for", plan));
            case EXTEND -> parts.add(named("extend keys for", plan));
            case RESTORE -> parts.add(plan.newKeysFor().isEmpty() ? "restore keys" : named("restore keys and", plan));
        }
        if (plan.uploadMeta()) {
            parts.add("upload " + MetaText.of(plan.meta(), ids));
        }
        add(parts, "reset", plan.resets());
        add(parts, "declined", plan.declined());
        add(parts, "too old", plan.tooOld());
        add(parts, "settled", plan.settledChanges());
        return parts.isEmpty() ? "nothing" : String.join("; ", parts);
    }

    private static String named(String what, Plan plan) {
        return what + " " + String.join(" ", new TreeSet<>(plan.newKeysFor()));
    }

    private static void add(List<String> parts, String what, Set<String> names) {
        if (!names.isEmpty()) {
            parts.add(what + " " + String.join(" ", new TreeSet<>(names)));
        }
    }
}
