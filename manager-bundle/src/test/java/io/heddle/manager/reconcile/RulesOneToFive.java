// SPDX-License-Identifier: Apache-2.0
package io.heddle.manager.reconcile;

import static io.heddle.manager.reconcile.Row.row;

import java.util.List;

/** The rows of the rules 1 to 5; rule 4 has a table of its own besides. */
final class RulesOneToFive {

    private RulesOneToFive() {}

    static List<Row> rows() {
        return List.of(rule1(), rule1LeftWithoutEngines(), rule2(), rule3(), rule4(), rule5()).stream()
                .flatMap(List::stream)
                .toList();
    }

    private static List<Row> rule1() {
        return List.of(
                row(
                        1,
                        "an empty account gets an entry for each engine of Firefox that is on at first and each one here",
                        given -> given.engine("todo"),
                        "fresh start; create keys for clients todo; upload new{known 9, todo/1 new}"),
                row(
                        1,
                        "without an engine here it is the same, so that no other device takes its engines for disabled",
                        given -> given,
                        "fresh start; create keys for clients; upload new{known 9}"),
                row(
                        1,
                        "what is stored without meta/global goes first",
                        given -> given.stored("bookmarks", "clients"),
                        "fresh start; delete everything; create keys for clients; upload new{known 9}"),
                row(
                        1,
                        "keys that stand alone are another device's, which is just starting",
                        given -> given.keys().engine("todo"),
                        "fresh start; upload new{known 9, todo/1 new}"),
                row(
                        1,
                        "such keys are extended when they have keys for single collections",
                        given -> given.keys("clients", "notes").engine("todo"),
                        "fresh start; extend keys for todo; upload new{known 9, todo/1 new}"),
                row(
                        1,
                        "keys beside other collections are not adopted",
                        given -> given.keys("todo").stored("todo").engine("todo"),
                        "fresh start; delete everything; create keys for clients todo; upload new{known 9, todo/1 new}"),
                row(
                        1,
                        "a crypto collection without the keys record is no reason to delete",
                        given -> given.stored("crypto"),
                        "fresh start; create keys for clients; upload new{known 9}"),
                row(
                        1,
                        "what the user had declined stays declined",
                        given -> given.remembers("G{todo/1 t} -history").engine("todo"),
                        "fresh start; create keys for clients todo; upload new{known 8, todo/1 new} -history; reset todo"),
                row(
                        1,
                        "engines of other devices that are remembered keep their entries",
                        given -> given.remembers("G{other/3 o +x} +y"),
                        "fresh start; create keys for clients; upload new{known 9, other/3 new +x} +y"),
                row(
                        1,
                        "what is off in a new Firefox is entered where it was on before, or by an engine here",
                        given -> given.remembers("G{addresses/1 a}").engine("creditcards"),
                        "fresh start; create keys for clients creditcards; upload new{known 11}; reset creditcards"),
                row(
                        1,
                        "one key for all when the operator wants that",
                        given -> given.oneKeyForAll().engine("todo"),
                        "fresh start; create keys; upload new{known 9, todo/1 new}"),
                row(
                        1,
                        "an engine here knows its version better than the list of Firefox's",
                        given -> given.engine("bookmarks/3"),
                        "fresh start; create keys for bookmarks clients; upload new{known 8, bookmarks/3 new}"));
    }

    private static List<Row> rule1LeftWithoutEngines() {
        return List.of(
                row(
                        1,
                        "whoever began the account was closed before it entered its engines: they are entered, and nothing goes",
                        given -> given.account("G{}", "bookmarks", "clients")
                                .remembersNothing()
                                .engine("todo"),
                        "upload G{known 9, todo/1 new}"),
                row(1, "a device without engines does that too", given -> given.account("G{}"), "upload G{known 9}"),
                row(
                        1,
                        "what managers keep is no engine",
                        given -> given.account("G{clients/1 c}").engine("todo"),
                        "upload G{known 8, clients/1 c, todo/1 new}"),
                row(
                        1,
                        "one engine is enough for an account not to be without",
                        given -> given.account("G{other/1 o}"),
                        "nothing"),
                row(
                        1,
                        "declined there, declined in memory, declined now: those get no entry",
                        given -> given.account("H{} -tabs")
                                .remembers("G{other/1 o} -prefs")
                                .userDeclines("addons"),
                        "upload H{known 6} -addons -prefs -tabs; settled addons"),
                row(
                        1,
                        "what is enabled here and now is not taken for all there is",
                        given -> given.account("G{} -tabs").userEnables("tabs"),
                        "upload G{known 9}; settled tabs"),
                row(
                        1,
                        "what is off in a new Firefox is entered where it was on before",
                        given -> given.account("H{}").remembers("G{addresses/1 a}"),
                        "upload H{known 10}"),
                row(
                        1,
                        "and stays where it is",
                        given -> given.account("G{} -creditcards").userEnables("creditcards"),
                        "upload G{known 10}; settled creditcards"),
                row(
                        1,
                        "an engine here enters its own version, and keys are made where there are none",
                        given -> given.account("G{}")
                                .remembersNothing()
                                .keysLost()
                                .engine("bookmarks/3"),
                        "create keys for bookmarks clients; upload G{known 8, bookmarks/3 new}"),
                row(
                        1,
                        "where the only engine is declined, those of Firefox get their entries",
                        given -> given.account("G{todo/1 t}", "todo")
                                .engine("todo")
                                .userDeclines("todo"),
                        "wipe todo; upload G{known 9} -todo; reset todo; declined todo; settled todo"),
                row(
                        1,
                        "where all are declined there is nothing to enter",
                        given -> given.account("G{clients/1 c} -bookmarks -history -passwords -tabs -forms -prefs"
                                + " -addons -extension-storage"),
                        "nothing"));
    }

    private static List<Row> rule2() {
        return List.of(
                row(
                        2,
                        "a newer storage is left alone",
                        given -> given.account("G{} v6", "todo").engine("todo"),
                        "refuse UPGRADE_REQUIRED"),
                row(
                        2,
                        "also when the user has changed something and resets are pending",
                        given -> given.account("G{} v6", "todo")
                                .engine("todo")
                                .userDeclines("todo")
                                .pendingReset("todo"),
                        "refuse UPGRADE_REQUIRED"),
                row(
                        2,
                        "an older storage begins anew",
                        given -> given.account("G{todo/1 t} v4", "todo").engine("todo"),
                        "fresh start; delete everything; create keys for clients todo; upload new{known 9, todo/1 new}; reset todo"),
                row(
                        2,
                        "it keeps what is declined there and the engines of other devices",
                        given -> given.account("G{other/2 o} -history v4").remembersNothing(),
                        "fresh start; delete everything; create keys for clients; upload new{known 8, other/2 new} -history"),
                row(
                        2,
                        "an engine whose records a newer version wrote is too old",
                        given -> given.account("G{todo/2 t}", "todo").engine("todo"),
                        "too old todo"),
                row(
                        2,
                        "that does not stop the others",
                        given -> given.account("G{notes/1 n, todo/2 t}", "todo")
                                .engine("notes")
                                .engine("todo"),
                        "too old todo"),
                row(
                        2,
                        "an engine of a newer version replaces what older ones wrote",
                        given -> given.account("G{todo/1 t}", "todo").engine("todo/2"),
                        "wipe todo; upload G{todo/2 new}; reset todo"),
                row(
                        2,
                        "where nothing is stored nothing is wiped",
                        given -> given.account("G{todo/1 t}").engine("todo/2"),
                        "upload G{todo/2 new}; reset todo"),
                row(
                        2,
                        "an entry without a version is older than every engine",
                        given -> given.account("G{todo/0 t}", "todo").engine("todo"),
                        "wipe todo; upload G{todo/1 new}; reset todo"),
                row(
                        2,
                        "one older entry renews all collections of its engine",
                        given -> given.account("G{parts/1 p, notes/2 n}", "parts", "notes")
                                .engine("notes/2 notes parts"),
                        "wipe notes parts; upload G{notes/2 new, parts/2 new}; reset notes"),
                row(
                        2,
                        "one newer entry is enough for an engine to be too old, and then nothing is wiped",
                        given -> given.account("G{notes/3 n, parts/1 p}", "notes", "parts")
                                .engine("notes/2 notes parts"),
                        "too old notes"));
    }

    private static List<Row> rule3() {
        return List.of(
                row(
                        3,
                        "another global syncID resets every engine",
                        given -> given.account("H{notes/1 n, todo/1 t}", "todo")
                                .remembers("G{notes/1 n, todo/1 t}")
                                .engine("notes")
                                .engine("todo"),
                        "reset notes todo"),
                row(
                        3,
                        "the same one resets none",
                        given -> given.account("G{notes/1 n, todo/1 t}", "todo")
                                .engine("notes")
                                .engine("todo"),
                        "nothing"),
                row(
                        3,
                        "a device that remembers nothing has nothing to forget",
                        given -> given.account("H{todo/1 t}", "todo")
                                .remembersNothing()
                                .engine("todo"),
                        "nothing"),
                row(
                        3,
                        "what the user declined outlives it",
                        given -> given.account("H{todo/1 t}")
                                .remembers("G{todo/1 t} -history")
                                .engine("todo"),
                        "upload H{todo/1 t} -history; reset todo"),
                row(
                        3,
                        "but not what was enabled there",
                        given -> given.account("H{history/1 h, todo/1 t}")
                                .remembers("G{todo/1 t} -history")
                                .engine("todo"),
                        "reset todo"),
                row(
                        3,
                        "what is declined in both needs no upload",
                        given -> given.account("H{todo/1 t} -history")
                                .remembers("G{todo/1 t} -history")
                                .engine("todo"),
                        "reset todo"),
                row(
                        3,
                        "under the same one the server's list counts",
                        given -> given.account("G{todo/1 t}")
                                .remembers("G{todo/1 t} -history")
                                .engine("todo"),
                        "nothing"));
    }

    private static List<Row> rule4() {
        return List.of(row(
                4,
                "an entry's changed syncID is passed on to the engine, and is no reset of the manager's",
                given -> given.account("G{todo/1 u}", "todo")
                        .remembers("G{todo/1 t}")
                        .engine("todo"),
                "nothing"));
    }

    private static List<Row> rule5() {
        return List.of(
                row(
                        5,
                        "a missing global syncID is made up",
                        given -> given.account("?{todo/1 t}", "todo")
                                .remembersNothing()
                                .engine("todo"),
                        "upload new{todo/1 t}"),
                row(
                        5,
                        "whoever knew another one forgets what the server held",
                        given -> given.account("?{todo/1 t}", "todo")
                                .remembers("G{todo/1 t}")
                                .engine("todo"),
                        "upload new{todo/1 t}; reset todo"),
                row(
                        5,
                        "what the user declined outlives a lost syncID",
                        given -> given.account("?{todo/1 t}")
                                .remembers("G{todo/1 t} -history")
                                .engine("todo"),
                        "upload new{todo/1 t} -history; reset todo"),
                row(
                        5,
                        "an entry's missing syncID is made up",
                        given -> given.account("G{todo/1 ?}", "todo").engine("todo"),
                        "upload G{todo/1 new}"),
                row(
                        5,
                        "that of an engine which is not here too",
                        given -> given.account("G{other/4 ? +x}", "other"),
                        "upload G{other/4 new +x}"),
                row(
                        5,
                        "all of them at once, and nothing is wiped",
                        given -> given.account("?{other/4 ?, todo/1 ?}", "other", "todo")
                                .remembersNothing()
                                .engine("todo"),
                        "upload new{other/4 new, todo/1 new}"));
    }
}
