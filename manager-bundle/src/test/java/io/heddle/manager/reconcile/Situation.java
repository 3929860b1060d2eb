// SPDX-License-Identifier: Apache-2.0
package io.heddle.manager.reconcile;

import io.heddle.engine.ServerTimestamp;
import io.heddle.manager.reconcile.ServerView.KeysPresence;
import io.heddle.manager.wire.InfoCollections;
import io.heddle.manager.wire.MetaGlobal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a decision is made from, said in words. It begins with a device that remembers nothing and a server that holds
 * nothing; documents are written as {@link MetaText} says.
 */
final class Situation {

    Optional<MetaGlobal> remembered = Optional.empty();
    boolean holdsKeys;
    boolean keysPerCollection = true;
    final Map<String, Boolean> userChanges = new LinkedHashMap<>();
    final Set<String> pendingResets = new LinkedHashSet<>();
    final Set<String> stored = new LinkedHashSet<>();
    ServerView.Meta meta = new ServerView.MetaAbsent();
    KeysPresence keys = KeysPresence.ABSENT;
    final Set<String> ownKeys = new HashSet<>();
    final Set<String> changedKeys = new HashSet<>();
    final List<EngineSpec> engines = new ArrayList<>();

    /** An account that this device has synced with, and that is as it was: its keys are there, the default one for all. */
    Situation account(String metaText, String... collections) {
        serverMeta(metaText);
        stored("crypto");
        stored(collections);
        keys = KeysPresence.PRESENT;
        holdsKeys = true;
        return remembers(metaText);
    }

    Situation serverMeta(String metaText) {
        return serverMeta(MetaText.parse(metaText));
    }

    Situation serverMeta(MetaGlobal document) {
        stored.add("meta");
        meta = new ServerView.MetaPresent(document);
        return this;
    }

    Situation noMeta() {
        stored.remove("meta");
        meta = new ServerView.MetaAbsent();
        return this;
    }

    Situation malformedMeta() {
        stored.add("meta");
        meta = new ServerView.MetaMalformed("meta/global: no JSON");
        return this;
    }

    Situation stored(String... collections) {
        stored.addAll(Arrays.asList(collections));
        return this;
    }

    Situation remembers(String metaText) {
        remembered = Optional.of(MetaText.parse(metaText));
        return this;
    }

    Situation remembersNothing() {
        remembered = Optional.empty();
        holdsKeys = false;
        return this;
    }

    Situation keys(String... collectionsWithOwn) {
        stored.add("crypto");
        keys = KeysPresence.PRESENT;
        ownKeys.addAll(Arrays.asList(collectionsWithOwn));
        return this;
    }

    Situation keysLost() {
        stored.remove("crypto");
        keys = KeysPresence.ABSENT;
        return this;
    }

    Situation keysOfAnother() {
        stored.add("crypto");
        keys = KeysPresence.UNVERIFIED;
        return this;
    }

    Situation keyChangedFor(String... collections) {
        changedKeys.addAll(Arrays.asList(collections));
        return this;
    }

    Situation oneKeyForAll() {
        keysPerCollection = false;
        return this;
    }

    Situation userDeclines(String name) {
        userChanges.put(name, false);
        return this;
    }

    Situation userEnables(String name) {
        userChanges.put(name, true);
        return this;
    }

    Situation pendingReset(String engine) {
        pendingResets.add(engine);
        return this;
    }

    /** Such as {@code todo}, {@code notes/2 notes noteparts}, or {@code forms @history} with a group. */
    Situation engine(String text) {
        String[] words = text.split(" ");
        String[] name = words[0].split("/");
        List<String> collections = new ArrayList<>();
        String group = "";
        for (String word : Arrays.copyOfRange(words, 1, words.length)) {
            if (word.startsWith("@")) {
                group = word.substring(1);
            } else {
                collections.add(word);
            }
        }
        int version = name.length == 1 ? 1 : Integer.parseInt(name[1]);
        engines.add(new EngineSpec(name[0], collections.isEmpty() ? List.of(name[0]) : collections, version, group));
        return this;
    }

    Optional<MetaGlobal> document() {
        return meta instanceof ServerView.MetaPresent present ? Optional.of(present.document()) : Optional.empty();
    }

    Decision decide(NewSyncIds ids) {
        InfoCollections info = InfoCollections.EMPTY;
        long time = 100;
        for (String collection : stored) {
            info = info.with(collection, new ServerTimestamp(++time));
        }
        return Reconcile.decide(
                new LocalView(remembered, holdsKeys, userChanges, pendingResets, keysPerCollection),
                new ServerView(info, meta, new ServerView.Keys(keys, ownKeys, changedKeys)),
                engines,
                ids);
    }

    /** What there is after a plan was carried out, every reset included. */
    Situation after(Plan plan) {
        Situation after = new Situation();
        after.keysPerCollection = keysPerCollection;
        after.engines.addAll(engines);
        after.userChanges.putAll(userChanges);
        after.userChanges.keySet().removeAll(plan.settledChanges());
        after.pendingResets.addAll(pendingResets);
        after.pendingResets.removeAll(plan.resets());
        if (!plan.deleteEverything()) {
            after.stored.addAll(stored);
            after.stored.removeAll(plan.wipes());
        }
        after.keys();
        if (plan.keys() != Plan.KeysAction.CREATE) {
            after.ownKeys.addAll(ownKeys);
        }
        after.ownKeys.addAll(plan.newKeysFor());
        MetaGlobal published = plan.uploadMeta() ? plan.meta() : document().orElseThrow();
        after.serverMeta(published);
        after.remembered = Optional.of(published);
        after.holdsKeys = true;
        return after;
    }

    @Override
    public String toString() {
        NewSyncIds none = new NewSyncIds("");
        return "server " + document().map(known -> MetaText.of(known, none)).orElse(meta.toString()) + " stored "
                + stored
                + " keys " + keys + " own " + ownKeys + " changed " + changedKeys + "; here "
                + remembered.map(known -> MetaText.of(known, none)).orElse("nothing") + (holdsKeys ? " with keys" : "")
                + (keysPerCollection ? "" : " one key") + " user " + userChanges + " resets " + pendingResets + "; "
                + engines;
    }
}
