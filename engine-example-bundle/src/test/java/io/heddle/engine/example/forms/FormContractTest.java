// SPDX-License-Identifier: Apache-2.0
package io.heddle.engine.example.forms;

import io.heddle.engine.record.RecordEngine;
import io.heddle.engine.testkit.EngineDevice;
import io.heddle.engine.testkit.SyncEngineContract;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;

/** Form history keeps to the contract. An item is an entry of the field {@code city}. */
class FormContractTest extends SyncEngineContract {

    @Override
    protected List<String> collections() {
        return List.of(FormEngine.COLLECTION);
    }

    @Override
    protected EngineDevice open(Path home) throws IOException {
        return new FormDevice(new FormStore(home.resolve("forms.json"), server().clock()));
    }

    /** Firefox's format has these fields and no others. */
    @Override
    protected boolean keepsUnknownFields() {
        return false;
    }

    private record FormDevice(FormStore store) implements EngineDevice {

        @Override
        public RecordEngine engine() {
            return new FormEngine(store);
        }

        @Override
        public void add(String word) throws IOException {
            store.add("city", word);
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
            return store.list().stream().map(FormEntry::value).toList();
        }

        private FormEntry find(String word) {
            return store.list().stream()
                    .filter(entry -> entry.value().equals(word))
                    .findFirst()
                    .orElseThrow();
        }
    }
}
