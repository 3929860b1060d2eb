// SPDX-License-Identifier: Apache-2.0
package io.heddle.engine.testkit;

import io.heddle.engine.record.RecordEngine;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Optional;

/** A device with a {@link WordEngine}. */
final class WordDevice implements EngineDevice {

    private final WordStore store;
    private final WordEngine engine;
    private final Optional<Flaw> flaw;

    WordDevice(Path home, Optional<Flaw> flaw) {
        this.store = new WordStore(home);
        this.engine = new WordEngine(store, flaw);
        this.flaw = flaw;
    }

    @Override
    public RecordEngine engine() {
        return engine;
    }

    @Override
    public void add(String word) {
        store.put(store.newId(), word);
    }

    @Override
    public void change(String word, String newWord) {
        store.put(store.idOf(word), newWord);
    }

    @Override
    public void delete(String word) {
        String id = store.idOf(word);
        if (store.changed().containsKey(id)
                && flaw.filter(Flaw.FORGETS_TO_DELETE_NEW_ITEMS::equals).isPresent()) {
            return;
        }
        store.items().remove(id);
        if (flaw.filter(Flaw.SENDS_NO_TOMBSTONES::equals).isPresent()) {
            store.changed().remove(id);
        } else {
            store.markChanged(id);
        }
        store.save();
    }

    @Override
    public Collection<String> items() {
        return store.words();
    }
}
