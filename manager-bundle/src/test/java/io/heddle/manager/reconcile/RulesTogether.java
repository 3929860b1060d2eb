// SPDX-License-Identifier: Apache-2.0
package io.heddle.manager.reconcile;

import static io.heddle.manager.reconcile.Row.row;

import java.util.List;

/** Rows in which one rule meets another. */
final class RulesTogether {

    private RulesTogether() {}

    static List<Row> rows() {
        return List.of(first(), second()).stream().flatMap(List::stream).toList();
    }

    private static List<Row> first() {
        return List.of(
                row(
                        "1 and 2",
                        "an entry that is remembered as newer stays newer, and needs no key from here",
                        given -> given.remembers("G{todo/2 t}").engine("todo"),
                        "fresh start; create keys for clients; upload new{known 9, todo/2 new}; reset todo; too old todo"),
                row(
                        "1 and 2",
                        "an entry that is remembered as older is raised",
                        given -> given.remembers("G{todo/1 t}").engine("todo/2"),
                        "fresh start; create keys for clients todo; upload new{known 9, todo/2 new}; reset todo"),
                row(
                        "1 and 8",
                        "what is declined before the first sync begins as declined",
                        given -> given.userDeclines("history"),
                        "fresh start; create keys for clients; upload new{known 8} -history; settled history"),
                row(
                        "1 and 8",
                        "an engine here can be declined before the first sync",
                        given -> given.engine("todo").userDeclines("todo"),
                        "fresh start; create keys for clients; upload new{known 9} -todo; reset todo; declined todo; settled todo"),
                row(
                        "1 and 8",
                        "what is enabled again begins as enabled",
                        given -> given.remembers("G{} -history").userEnables("history"),
                        "fresh start; create keys for clients; upload new{known 9}; settled history"),
                row(
                        "1 and 8",
                        "what must go is not wiped one by one",
                        given -> given.stored("todo").engine("todo").userDeclines("todo"),
                        "fresh start; delete everything; create keys for clients; upload new{known 9} -todo; reset todo; declined todo; settled todo"),
                row(
                        "1 and 10",
                        "foreign keys keep an account from being started",
                        given -> given.keysOfAnother().stored("todo").engine("todo"),
                        "refuse KEYS_NOT_OURS"),
                row(
                        "1 and 13",
                        "a device that starts an account still owes its resets",
                        given -> given.engine("todo").pendingReset("todo"),
                        "fresh start; create keys for clients todo; upload new{known 9, todo/1 new}; reset todo"),
                row(
                        "2 and 3",
                        "two lists of declined engines become one when an older storage begins anew",
                        given -> given.account("H{} -tabs v4").remembers("G{} -history"),
                        "fresh start; delete everything; create keys for clients; upload new{known 7} -history -tabs"),
                row(
                        "2 and 5",
                        "an older storage without any syncID",
                        given -> given.account("?{other/1 ?} v3", "other").remembersNothing(),
                        "fresh start; delete everything; create keys for clients; upload new{known 9, other/1 new}"),
                row(
                        "2 and 8",
                        "who declines a newer engine wipes once",
                        given -> given.account("G{other/1 o, todo/1 t}", "todo")
                                .engine("todo/2")
                                .userDeclines("todo"),
                        "wipe todo; upload G{other/1 o} -todo; reset todo; declined todo; settled todo"),
                row(
                        "2 and 8",
                        "an engine that is too old can be declined",
                        given -> given.account("G{other/1 o, todo/2 t}", "todo")
                                .engine("todo")
                                .userDeclines("todo"),
                        "wipe todo; upload G{other/1 o} -todo; reset todo; declined todo; settled todo"),
                row(
                        "2 and 8",
                        "an engine enabled again has its own version",
                        given -> given.account("G{other/1 o} -todo")
                                .engine("todo/2")
                                .userEnables("todo"),
                        "upload G{other/1 o, todo/2 new}; reset todo; settled todo"),
                row(
                        "2 and 10",
                        "keys of an older storage are not put back",
                        given -> given.account("G{todo/1 t} v4", "todo")
                                .keysLost()
                                .engine("todo"),
                        "fresh start; delete everything; create keys for clients todo; upload new{known 9, todo/1 new}; reset todo"));
    }

    private static List<Row> second() {
        return List.of(
                row(
                        "2 and 10",
                        "a newer storage is not judged by its keys",
                        given -> given.account("G{} v6", "todo").keysOfAnother().engine("todo"),
                        "refuse UPGRADE_REQUIRED"),
                row(
                        "2 and 10",
                        "a collection that is wiped begins again with a key of its own",
                        given -> given.account("G{todo/1 t}", "todo")
                                .keys("clients")
                                .engine("todo/2"),
                        "wipe todo; extend keys for todo; upload G{todo/2 new}; reset todo"),
                row(
                        "3 and 8",
                        "a wish outlives a change of the global syncID",
                        given -> given.account("H{other/1 o, todo/1 u}", "todo")
                                .remembers("G{other/1 o, todo/1 t}")
                                .engine("todo")
                                .userDeclines("todo"),
                        "wipe todo; upload H{other/1 o} -todo; reset todo; declined todo; settled todo"),
                row(
                        "3 and 8",
                        "what was declined before it can be enabled after it",
                        given -> given.account("H{other/1 o}")
                                .remembers("G{other/1 o} -todo")
                                .engine("todo")
                                .userEnables("todo"),
                        "upload H{other/1 o, todo/1 new}; reset todo; settled todo"),
                row(
                        "3 and 6",
                        "an engine that is declined only in memory gets no entry by coming along",
                        given -> given.account("H{other/1 o}")
                                .remembers("G{other/1 o} -todo")
                                .engine("todo"),
                        "upload H{other/1 o} -todo; reset todo; declined todo"),
                row(
                        "3 and 12",
                        "other keys come with another syncID: one reset is enough",
                        given -> given.account("H{todo/1 u}", "todo")
                                .remembers("G{todo/1 t}")
                                .keyChangedFor("todo")
                                .engine("todo"),
                        "reset todo"),
                row(
                        "5 and 10",
                        "keys are put back also where the syncID was lost with them",
                        given -> given.account("?{todo/1 t}", "todo")
                                .remembers("G{todo/1 t}")
                                .keysLost()
                                .engine("todo"),
                        "restore keys; upload new{todo/1 t}; reset todo"),
                row(
                        "6 and 8",
                        "an engine that is declined before it ever synced gets no entry",
                        given -> given.account("G{other/1 o}").engine("todo").userDeclines("todo"),
                        "upload G{other/1 o} -todo; reset todo; declined todo; settled todo"),
                row(
                        "6 and 8",
                        "an engine of two collections is enabled with both",
                        given -> given.account("G{other/1 o} -notes -parts")
                                .engine("notes notes parts")
                                .userEnables("notes"),
                        "upload G{notes/1 new, other/1 o, parts/1 new}; reset notes; settled notes"),
                row(
                        "6 and 10",
                        "a new engine gets its entry and its key",
                        given -> given.account("G{other/1 o}").keys("clients").engine("todo"),
                        "extend keys for todo; upload G{other/1 o, todo/1 new}"),
                row(
                        "7 and 8",
                        "who is in both lists can be declined",
                        given -> given.account("G{other/1 o, todo/1 t} -todo", "todo")
                                .engine("todo")
                                .userDeclines("todo"),
                        "wipe todo; upload G{other/1 o} -todo; reset todo; declined todo; settled todo"),
                row(
                        "7 and 8",
                        "who is in both lists is not enabled anew",
                        given -> given.account("G{todo/1 t} -todo", "todo")
                                .engine("todo")
                                .userEnables("todo"),
                        "settled todo"),
                row(
                        "8 and 10",
                        "a wish waits for nothing when keys are put back",
                        given -> given.account("G{other/1 o, todo/1 t}", "todo")
                                .keysLost()
                                .engine("todo")
                                .userDeclines("todo"),
                        "wipe todo; restore keys; upload G{other/1 o} -todo; reset todo; declined todo; settled todo"),
                row(
                        "8 and 11",
                        "a wish stays pending while meta/global is malformed",
                        given -> given.account("G{}").malformedMeta().userDeclines("other"),
                        "refuse MALFORMED"),
                row(
                        "10 and 13",
                        "a restored account still owes its resets",
                        given -> given.account("G{todo/1 t}", "todo")
                                .keysLost()
                                .engine("todo")
                                .pendingReset("todo"),
                        "restore keys; reset todo"));
    }
}
