// SPDX-License-Identifier: Apache-2.0
package io.heddle.manager.reconcile;

import io.heddle.manager.reconcile.ServerView.KeysPresence;
import io.heddle.manager.wire.MetaGlobal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/** Random situations: whatever devices, servers and people can bring about, and some that they can't. */
final class AnySituation {

    /** Collections and engines: of Firefox, of the engines here, and of nobody here. */
    private static final List<String> NAMES =
            List.of("history", "forms", "bookmarks", "tabs", "addresses", "todo", "notes", "parts", "other", "strange");

    private static final List<String> SWITCHES = List.of(
            "history",
            "forms",
            "bookmarks",
            "tabs",
            "addresses",
            "windows",
            "todo",
            "notes",
            "parts",
            "other",
            "meta",
            "crypto",
            "clients");

    private record Server(
            Optional<MetaGlobal> meta, boolean malformed, KeysPresence keys, Set<String> stored, Set<String> ownKeys) {}

    private record Device(
            Optional<MetaGlobal> remembered,
            boolean holdsKeys,
            boolean keysPerCollection,
            Map<String, Boolean> userChanges,
            Set<String> pendingResets,
            Set<String> changedKeys,
            Set<String> engines) {}

    private AnySituation() {}

    static Arbitrary<Situation> arbitrary() {
        return Combinators.combine(servers(), devices()).as(AnySituation::of);
    }

    private static Situation of(Server server, Device device) {
        Situation situation = new Situation();
        server.stored().forEach(situation::stored);
        if (server.malformed()) {
            situation.malformedMeta();
        } else {
            server.meta().ifPresent(situation::serverMeta);
        }
        switch (server.keys()) {
            case PRESENT -> {
                situation.keys().ownKeys.addAll(server.ownKeys());
                situation.changedKeys.addAll(device.holdsKeys() ? device.changedKeys() : Set.of());
            }
            case UNVERIFIED -> situation.keysOfAnother();
            case ABSENT -> situation.keysLost();
        }
        situation.remembered = device.remembered();
        situation.holdsKeys = device.holdsKeys() && device.remembered().isPresent();
        situation.keysPerCollection = device.keysPerCollection();
        situation.userChanges.putAll(device.userChanges());
        situation.pendingResets.addAll(device.pendingResets());
        device.engines().stream().sorted().forEach(situation::engine);
        return situation;
    }

    private static Arbitrary<Server> servers() {
        Arbitrary<KeysPresence> keys = Arbitraries.frequency(
                Tuple.of(12, KeysPresence.PRESENT),
                Tuple.of(6, KeysPresence.ABSENT),
                Tuple.of(1, KeysPresence.UNVERIFIED));
        return Combinators.combine(
                        documents().optional(0.8),
                        Arbitraries.frequency(Tuple.of(20, false), Tuple.of(1, true)),
                        keys,
                        names(5).flatMap(names ->
                                Arbitraries.of(true, false).map(clients -> clients ? with(names, "clients") : names)),
                        names(4))
                .as(Server::new);
    }

    /** What a device remembers it has itself published or could have: there is nothing missing in it. */
    private static Arbitrary<MetaGlobal> rememberedDocuments() {
        return documents()
                .filter(meta -> meta.storageVersion() == 5 && meta.findSyncId().isPresent());
    }

    private static Arbitrary<Device> devices() {
        Arbitrary<Boolean> flags = Arbitraries.of(true, false);
        Arbitrary<Map<String, Boolean>> changes =
                Arbitraries.maps(Arbitraries.of(SWITCHES), flags).ofMaxSize(3).map(LinkedHashMap::new);
        return Combinators.combine(
                        rememberedDocuments().optional(0.8),
                        flags,
                        flags,
                        changes,
                        Arbitraries.of("todo", "other").set().ofMaxSize(2),
                        names(3),
                        engines())
                .as(Device::new);
    }

    /** At most one of each family, so that their collections are distinct. */
    private static Arbitrary<Set<String>> engines() {
        List<Arbitrary<String>> families = List.of(
                Arbitraries.of("todo/1", "todo/2", "todo/3"),
                Arbitraries.of("notes/2 notes parts", "notes/1 notes parts", "notes/1 parts notes"),
                Arbitraries.of("history/1", "history/2 history @history"),
                Arbitraries.of("forms/1 forms @history", "forms/1"),
                Arbitraries.of("windows/1 tabs"));
        return Arbitraries.subsetOf(0, 1, 2, 3, 4)
                .flatMap(chosen -> Combinators.combine(
                                chosen.stream().map(families::get).toList())
                        .as(Set::copyOf));
    }

    private static Arbitrary<MetaGlobal> documents() {
        Arbitrary<String> syncIds =
                Arbitraries.frequencyOf(Tuple.of(9, Arbitraries.of("G", "H")), Tuple.of(1, Arbitraries.just("?")));
        Arbitrary<String> versions = Arbitraries.frequency(Tuple.of(16, ""), Tuple.of(2, " v4"), Tuple.of(1, " v6"));
        Arbitrary<String> fields = Arbitraries.of("", " +y");
        return Combinators.combine(syncIds, entries(), names(3), fields, versions)
                .as((syncId, entries, declined, field, version) -> MetaText.parse(syncId + "{" + entries + "}"
                        + String.join(
                                "", declined.stream().map(name -> " -" + name).toList()) + field + version));
    }

    private static Arbitrary<String> entries() {
        Arbitrary<String> entry = Combinators.combine(
                        Arbitraries.integers().between(0, 3), Arbitraries.of("s", "s", "t", "?"), fieldsOfEntries())
                .as((version, syncId, field) -> "/" + version + " " + syncId + field);
        List<String> names = new ArrayList<>(NAMES);
        names.add("clients");
        return Arbitraries.maps(Arbitraries.of(names), entry)
                .ofMaxSize(6)
                .map(byName -> String.join(
                        ", ",
                        byName.entrySet().stream()
                                .map(each -> each.getKey() + each.getValue())
                                .toList()));
    }

    private static Arbitrary<String> fieldsOfEntries() {
        return Arbitraries.of("", " +x");
    }

    private static Arbitrary<Set<String>> names(int atMost) {
        return Arbitraries.of(NAMES).set().ofMaxSize(atMost);
    }

    private static Set<String> with(Set<String> names, String name) {
        Set<String> more = new HashSet<>(names);
        more.add(name);
        return more;
    }
}
