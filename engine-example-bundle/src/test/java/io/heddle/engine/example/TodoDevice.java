// SPDX-License-Identifier: Apache-2.0
package io.heddle.engine.example;

import io.heddle.engine.record.RecordEngine;
import io.heddle.engine.testkit.EngineDevice;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;
import java.util.function.Function;

/** A device with a to-do list, and whichever engine syncs such a list. An item is a line of it. */
record TodoDevice(TodoStore store, Function<TodoStore, RecordEngine> engines) implements EngineDevice {

    TodoDevice(Path home, Function<TodoStore, RecordEngine> engines) throws IOException {
        this(new TodoStore(home.resolve("todo.json")), engines);
    }

    @Override
    public RecordEngine engine() {
        return engines.apply(store);
    }

    @Override
    public void add(String word) throws IOException {
        store.add(word);
    }

    @Override
    public void change(String word, String newWord) throws IOException {
        store.change(find(word), newWord);
    }

    @Override
    public void delete(String word) throws IOException {
        store.remove(find(word));
    }

    @Override
    public Collection<String> items() {
        return store.texts();
    }

    private String find(String word) {
        return store.items().entrySet().stream()
                .filter(item -> item.getValue().equals(word))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseThrow();
    }
}
