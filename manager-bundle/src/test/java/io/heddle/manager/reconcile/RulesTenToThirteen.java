// SPDX-License-Identifier: Apache-2.0
package io.heddle.manager.reconcile;

import static io.heddle.manager.reconcile.Row.row;

import java.util.List;

/** The rows of the rules 10 to 13. */
final class RulesTenToThirteen {

    private RulesTenToThirteen() {}

    static List<Row> rows() {
        return List.of(rule10(), rule11(), rule12(), rule13()).stream()
                .flatMap(List::stream)
                .toList();
    }

    private static List<Row> rule10() {
        return List.of(
                row(
                        10,
                        "lost keys are put back by a device that holds them",
                        given -> given.account("G{todo/1 t}", "todo").keysLost().engine("todo"),
                        "restore keys"),
                row(
                        10,
                        "nobody can read what is stored when this device does not hold them",
                        given -> given.account("G{todo/1 t}", "todo")
                                .keysLost()
                                .remembersNothing()
                                .engine("todo"),
                        "fresh start; delete everything; create keys for clients todo; upload new{known 9, todo/1 new}"),
                row(
                        10,
                        "an account that holds only meta/global lacks nothing but keys",
                        given -> given.account("G{todo/1 t}")
                                .keysLost()
                                .remembersNothing()
                                .engine("todo"),
                        "create keys for clients todo"),
                row(
                        10,
                        "clients' records alone can be written again",
                        given -> given.account("G{todo/1 t}", "clients")
                                .keysLost()
                                .remembersNothing()
                                .engine("todo"),
                        "create keys for todo"),
                row(
                        10,
                        "keys of another beginning are not put back",
                        given -> given.account("H{todo/1 t}", "todo")
                                .remembers("G{todo/1 t}")
                                .keysLost()
                                .engine("todo"),
                        "fresh start; delete everything; create keys for clients todo; upload new{known 9, todo/1 new}; reset todo"),
                row(
                        10,
                        "keys that do not verify stop the sync",
                        given -> given.account("G{todo/1 t}", "todo")
                                .keysOfAnother()
                                .engine("todo"),
                        "refuse KEYS_NOT_OURS"),
                row(
                        10,
                        "so do those that stand alone",
                        given -> given.keysOfAnother().engine("todo"),
                        "refuse KEYS_NOT_OURS"),
                row(
                        10,
                        "a new collection gets a key where others have theirs",
                        given -> given.account("G{notes/1 n, todo/1 t}", "todo")
                                .keys("todo")
                                .engine("notes")
                                .engine("todo"),
                        "extend keys for notes"),
                row(
                        10,
                        "not where all share one",
                        given -> given.account("G{notes/1 n, todo/1 t}", "todo")
                                .engine("notes")
                                .engine("todo"),
                        "nothing"),
                row(
                        10,
                        "not when it is stored already",
                        given -> given.account("G{notes/1 n, todo/1 t}", "notes")
                                .keys("todo")
                                .engine("notes")
                                .engine("todo"),
                        "nothing"),
                row(
                        10,
                        "not for engines that do not sync",
                        given -> given.account("G{todo/2 t} -notes")
                                .keys("clients")
                                .engine("notes")
                                .engine("todo"),
                        "declined notes; too old todo"),
                row(
                        10,
                        "not when the operator wants one key for all",
                        given -> given.account("G{todo/1 t}")
                                .keys("clients")
                                .oneKeyForAll()
                                .engine("todo"),
                        "nothing"));
    }

    private static List<Row> rule11() {
        return List.of(
                row(
                        11,
                        "a malformed meta/global stops the sync",
                        given -> given.account("G{todo/1 t}", "todo")
                                .malformedMeta()
                                .engine("todo"),
                        "refuse MALFORMED"),
                row(
                        11,
                        "on a device that remembers nothing too",
                        given -> given.stored("todo").keys().malformedMeta().engine("todo"),
                        "refuse MALFORMED"),
                row(11, "also when nothing else is stored", given -> given.malformedMeta(), "refuse MALFORMED"),
                row(
                        11,
                        "also when the keys are lost",
                        given -> given.account("G{todo/1 t}", "todo")
                                .malformedMeta()
                                .keysLost()
                                .engine("todo"),
                        "refuse MALFORMED"),
                row(
                        11,
                        "whatever the user wants",
                        given -> given.account("G{todo/1 t}", "todo")
                                .malformedMeta()
                                .engine("todo")
                                .userDeclines("todo"),
                        "refuse MALFORMED"));
    }

    private static List<Row> rule12() {
        return List.of(
                row(
                        12,
                        "the engine whose key changed is reset",
                        given -> given.account("G{notes/1 n, todo/1 t}", "notes", "todo")
                                .keys("notes", "todo")
                                .keyChangedFor("todo")
                                .engine("notes")
                                .engine("todo"),
                        "reset todo"),
                row(
                        12,
                        "a changed default key resets those without a key of their own",
                        given -> given.account("G{notes/1 n, tabs/1 b, todo/1 t}", "notes", "tabs", "todo")
                                .keys("notes")
                                .keyChangedFor("tabs", "todo", "clients")
                                .engine("notes")
                                .engine("tabs")
                                .engine("todo"),
                        "reset tabs todo"),
                row(
                        12,
                        "one collection is enough",
                        given -> given.account("G{notes/1 n, parts/1 p}", "notes", "parts")
                                .keyChangedFor("parts")
                                .engine("notes notes parts"),
                        "reset notes"),
                row(
                        12,
                        "the key of clients concerns no engine",
                        given -> given.account("G{todo/1 t}", "todo")
                                .keyChangedFor("clients")
                                .engine("todo"),
                        "nothing"),
                row(
                        12,
                        "a declined engine forgets too",
                        given -> given.account("G{other/1 o} -todo")
                                .keyChangedFor("todo")
                                .engine("todo"),
                        "reset todo; declined todo"),
                row(
                        12,
                        "unchanged keys reset nobody",
                        given -> given.account("G{todo/1 t}", "todo")
                                .keys("todo")
                                .engine("todo"),
                        "nothing"));
    }

    private static List<Row> rule13() {
        return List.of(
                row(
                        13,
                        "a reset that is still to be done is not forgotten",
                        given -> given.account("G{todo/1 t}", "todo")
                                .engine("todo")
                                .pendingReset("todo"),
                        "reset todo"),
                row(
                        13,
                        "nor that of an engine which is not here now",
                        given -> given.account("G{todo/1 t}", "todo")
                                .engine("todo")
                                .pendingReset("other"),
                        "reset other"),
                row(
                        13,
                        "a declined engine is reset too",
                        given -> given.account("G{other/1 o} -todo")
                                .engine("todo")
                                .pendingReset("todo"),
                        "reset todo; declined todo"),
                row(
                        13,
                        "and one that is too old",
                        given -> given.account("G{todo/2 t}", "todo")
                                .engine("todo")
                                .pendingReset("todo"),
                        "reset todo; too old todo"),
                row(
                        13,
                        "new ones come on top",
                        given -> given.account("G{notes/1 n, todo/1 t}")
                                .keyChangedFor("notes")
                                .engine("notes")
                                .engine("todo")
                                .pendingReset("todo"),
                        "reset notes todo"));
    }
}
