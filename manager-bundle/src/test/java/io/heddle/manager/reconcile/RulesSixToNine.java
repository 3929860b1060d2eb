// SPDX-License-Identifier: Apache-2.0
package io.heddle.manager.reconcile;

import static io.heddle.manager.reconcile.Row.row;

import java.util.List;

/** The rows of the rules 6 to 9. */
final class RulesSixToNine {

    private RulesSixToNine() {}

    static List<Row> rows() {
        return List.of(rule6(), rule7(), rule8(), rule9()).stream()
                .flatMap(List::stream)
                .toList();
    }

    private static List<Row> rule6() {
        return List.of(
                row(
                        6,
                        "an engine in neither list gets an entry",
                        given -> given.account("G{other/1 o}").engine("todo"),
                        "upload G{other/1 o, todo/1 new}"),
                row(
                        6,
                        "one for each of its collections",
                        given -> given.account("G{other/1 o}").engine("notes/2 notes parts"),
                        "upload G{notes/2 new, other/1 o, parts/2 new}"),
                row(
                        6,
                        "only those that are missing",
                        given -> given.account("G{notes/1 n}", "notes").engine("notes notes parts"),
                        "upload G{notes/1 n, parts/1 new}"),
                row(
                        6,
                        "what is stored already stays",
                        given -> given.account("G{other/1 o}", "todo").engine("todo"),
                        "upload G{other/1 o, todo/1 new}"),
                row(
                        6,
                        "of a partly declined engine the primary collection decides",
                        given -> given.account("G{notes/1 n} -parts").engine("notes notes parts"),
                        "upload G{notes/1 n, parts/1 new}"),
                row(
                        6,
                        "a declined one gets none",
                        given -> given.account("G{parts/1 p} -notes").engine("notes notes parts"),
                        "declined notes"),
                row(
                        6,
                        "it is as new as the entries that the engine has, lest newer clients wipe",
                        given -> given.account("G{notes/3 n}", "notes").engine("notes/2 notes parts"),
                        "upload G{notes/3 n, parts/3 new}; too old notes"));
    }

    private static List<Row> rule7() {
        return List.of(
                row(
                        7,
                        "who is in both lists is enabled, and of a name that Firefox doesn't know nothing is written",
                        given -> given.account("G{todo/1 t} -todo", "todo").engine("todo"),
                        "nothing"),
                row(7, "also of an engine that is not here", given -> given.account("G{other/1 o} -other"), "nothing"),
                row(
                        7,
                        "the others stay declined",
                        given -> given.account("G{todo/1 t} -history -todo").engine("todo"),
                        "nothing"),
                row(
                        7,
                        "collection by collection",
                        given -> given.account("G{notes/1 n, parts/1 p} -parts").engine("notes notes parts"),
                        "nothing"),
                row(
                        7,
                        "keys are made for new collections meanwhile",
                        given -> given.account("G{notes/1 n, todo/1 t} -todo", "todo")
                                .keys("todo")
                                .engine("notes")
                                .engine("todo"),
                        "extend keys for notes"),
                row(
                        7,
                        "a name that Firefox knows leaves the declined ones, for it forgets it then",
                        given -> given.account("G{history/1 h} -history"),
                        "upload G{history/1 h}"),
                row(
                        7,
                        "and all others leave with it",
                        given -> given.account("G{history/1 h, todo/1 t} -history -todo -tabs")
                                .engine("todo"),
                        "upload G{history/1 h, todo/1 t} -tabs"),
                row(
                        7,
                        "they leave with any other change",
                        given -> given.account("G{todo/1 t} -todo")
                                .engine("notes")
                                .engine("todo"),
                        "upload G{notes/1 new, todo/1 t}"),
                row(
                        7,
                        "also when the storage begins anew",
                        given -> given.account("G{todo/1 t} -todo v4", "todo").engine("todo"),
                        "fresh start; delete everything; create keys for clients todo; upload new{known 9, todo/1 new}; reset todo"),
                row(
                        7,
                        "who was in both lists and is declined elsewhere is reset, for it was enabled",
                        given -> given.account("G{other/1 o} -todo")
                                .remembers("G{other/1 o, todo/1 t} -todo")
                                .engine("todo"),
                        "reset todo; declined todo"),
                row(
                        7,
                        "who was in both lists is not declined where another account begins",
                        given -> given.account("H{tabs/1 b}").remembers("G{other/1 o} -other"),
                        "nothing"));
    }

    private static List<Row> rule8() {
        return List.of(
                row(
                        8,
                        "an engine declined here is wiped on the server and reset",
                        given -> given.account("G{other/1 o, todo/1 t}", "todo")
                                .engine("todo")
                                .userDeclines("todo"),
                        "wipe todo; upload G{other/1 o} -todo; reset todo; declined todo; settled todo"),
                row(
                        8,
                        "where nothing is stored nothing is wiped",
                        given -> given.account("G{other/1 o, todo/1 t}")
                                .engine("todo")
                                .userDeclines("todo"),
                        "upload G{other/1 o} -todo; reset todo; declined todo; settled todo"),
                row(
                        8,
                        "what is declined already is settled",
                        given -> given.account("G{other/1 o} -todo", "todo")
                                .engine("todo")
                                .userDeclines("todo"),
                        "declined todo; settled todo"),
                row(
                        8,
                        "what is enabled already is settled",
                        given -> given.account("G{todo/1 t}", "todo")
                                .engine("todo")
                                .userEnables("todo"),
                        "settled todo"),
                row(
                        8,
                        "an engine enabled again has a new syncID",
                        given -> given.account("G{other/1 o} -todo")
                                .engine("todo")
                                .userEnables("todo"),
                        "upload G{other/1 o, todo/1 new}; reset todo; settled todo"),
                row(
                        8,
                        "an engine declined elsewhere is reset, once",
                        given -> given.account("G{other/1 o} -todo")
                                .remembers("G{other/1 o, todo/1 t}")
                                .engine("todo"),
                        "reset todo; declined todo"),
                row(
                        8,
                        "an engine enabled elsewhere syncs",
                        given -> given.account("G{other/1 o, todo/1 u}")
                                .remembers("G{other/1 o} -todo")
                                .engine("todo"),
                        "nothing"),
                row(
                        8,
                        "a wish of this device wins over the server",
                        given -> given.account("G{other/1 o, todo/1 u}", "todo")
                                .remembers("G{other/1 o} -todo")
                                .engine("todo")
                                .userDeclines("todo"),
                        "wipe todo; upload G{other/1 o} -todo; reset todo; declined todo; settled todo"),
                row(
                        8,
                        "a group is declined as a whole",
                        given -> given.account("G{forms/1 f, history/1 h, tabs/1 t}", "forms", "history", "tabs")
                                .engine("forms forms @history")
                                .engine("history")
                                .userDeclines("history"),
                        "wipe forms history; upload G{tabs/1 t} -forms -history; reset forms history; declined forms history; settled history"),
                row(
                        8,
                        "of a group only those that were declined are enabled",
                        given -> given.account("G{history/1 h} -forms")
                                .engine("forms forms @history")
                                .engine("history")
                                .userEnables("history"),
                        "upload G{known 1, history/1 h}; reset forms; settled history"),
                row(
                        8,
                        "the later of two wishes for one engine counts, and the earlier does nothing",
                        given -> given.account("G{forms/1 f, history/1 h, tabs/1 t}", "forms", "history", "tabs")
                                .engine("forms forms @history")
                                .engine("history")
                                .userDeclines("history")
                                .userEnables("forms"),
                        "wipe history; upload G{forms/1 f, tabs/1 t} -history; reset history; declined history; settled forms history"),
                row(
                        8,
                        "all collections of an engine are declined and wiped",
                        given -> given.account("G{notes/1 n, other/1 o, parts/1 p}", "notes", "parts")
                                .engine("notes notes parts")
                                .userDeclines("notes"),
                        "wipe notes parts; upload G{other/1 o} -notes -parts; reset notes; declined notes; settled notes"),
                row(
                        8,
                        "an engine is also known by its primary collection",
                        given -> given.account("G{other/1 o, todo/1 t}")
                                .engine("tasks todo")
                                .userDeclines("todo"),
                        "upload G{other/1 o} -todo; reset tasks; declined tasks; settled todo"),
                row(
                        8,
                        "a further collection is no switch",
                        given -> given.account("G{notes/1 n, parts/1 p}", "notes", "parts")
                                .engine("notes notes parts")
                                .userDeclines("parts"),
                        "settled parts"),
                row(
                        8,
                        "an engine that is not here can be declined",
                        given ->
                                given.account("G{other/1 o, tabs/1 b}", "other").userDeclines("other"),
                        "wipe other; upload G{tabs/1 b} -other; settled other"),
                row(
                        8,
                        "an engine of Firefox that is not here can be enabled",
                        given -> given.account("G{tabs/1 b} -history").userEnables("history"),
                        "upload G{known 1, tabs/1 b}; settled history"),
                row(
                        8,
                        "an unknown one is only taken out of the list",
                        given -> given.account("G{tabs/1 b} -other").userEnables("other"),
                        "upload G{tabs/1 b}; settled other"),
                row(
                        8,
                        "what managers keep is no engine and is never wiped",
                        given -> given.account("G{tabs/1 b}", "clients")
                                .userDeclines("meta")
                                .userDeclines("crypto")
                                .userDeclines("clients"),
                        "settled clients crypto meta"));
    }

    private static List<Row> rule9() {
        return List.of(
                row(
                        9,
                        "unknown names and fields need nothing",
                        given -> given.account("G{other/7 o +x, todo/1 t} -strange +y", "other", "todo")
                                .engine("todo"),
                        "nothing"),
                row(
                        9,
                        "a change keeps them",
                        given -> given.account("G{other/7 o +x, todo/1 t} -strange +y", "other")
                                .engine("todo")
                                .userDeclines("todo"),
                        "upload G{other/7 o +x} -strange -todo +y; reset todo; declined todo; settled todo"),
                row(
                        9,
                        "an entry that is replaced keeps its unknown fields",
                        given -> given.account("G{todo/1 t +x}").engine("todo/2"),
                        "upload G{todo/2 new +x}; reset todo"),
                row(
                        9,
                        "collections without an entry are somebody's",
                        given -> given.account("G{tabs/1 b}", "mystery"),
                        "nothing"),
                row(
                        9,
                        "Firefox's engines are not added to an account that others have begun",
                        given -> given.account("G{bookmarks/2 b}", "bookmarks"),
                        "nothing"),
                row(
                        9,
                        "a storage that begins anew keeps names and fields",
                        given -> given.account("G{other/7 o +x} -strange +y v4", "other")
                                .remembersNothing(),
                        "fresh start; delete everything; create keys for clients; upload new{known 9, other/7 new +x} -strange +y"));
    }
}
