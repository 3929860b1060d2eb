// SPDX-License-Identifier: Apache-2.0
package io.heddle.engine.process;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.heddle.engine.testkit.EngineDevice;
import io.heddle.engine.testkit.SyncEngineContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;

/** The example in Python keeps to the contract of engines. */
class TodoContractTest extends SyncEngineContract {

    @BeforeAll
    static void pythonIsThere() {
        Python.assumeThere();
    }

    @AfterEach
    void nothingIsLeft() {
        Remains.assertNone();
    }

    @Override
    protected List<String> collections() {
        return List.of("todo");
    }

    /** A record is an id and a text. */
    @Override
    protected boolean keepsUnknownFields() {
        return false;
    }

    @Override
    protected EngineDevice open(Path home) {
        return new TodoDevice(home.resolve("todo.json"));
    }

    /** A list in a file, its engine, and a person, who edits the file as the program would: starting it takes longer. */
    private record TodoDevice(Path file, ProcessEngine engine) implements EngineDevice {

        TodoDevice(Path file) {
            this(file, new ProcessEngine(Python.settings(Python.EXAMPLE, file.toString())));
        }

        @Override
        public void add(String word) throws IOException {
            String id = UUID.randomUUID().toString();
            change(id, todo -> todo.getAsJsonObject("texts").addProperty(id, word));
        }

        @Override
        public void change(String word, String newWord) throws IOException {
            String id = idOf(word);
            change(id, todo -> todo.getAsJsonObject("texts").addProperty(id, newWord));
        }

        @Override
        public void delete(String word) throws IOException {
            String id = idOf(word);
            change(id, todo -> todo.getAsJsonObject("texts").remove(id));
        }

        @Override
        public Collection<String> items() throws IOException {
            return texts().asMap().values().stream()
                    .map(JsonElement::getAsString)
                    .toList();
        }

        private String idOf(String word) throws IOException {
            return texts().entrySet().stream()
                    .filter(entry -> entry.getValue().getAsString().equals(word))
                    .findFirst()
                    .orElseThrow()
                    .getKey();
        }

        private void change(String id, Consumer<JsonObject> edit) throws IOException {
            JsonObject todo = todo();
            edit.accept(todo);
            int changes = todo.get("changes").getAsInt() + 1;
            todo.addProperty("changes", changes);
            todo.getAsJsonObject("changed").addProperty(id, changes);
            Files.writeString(file, todo.toString());
        }

        private JsonObject texts() throws IOException {
            return todo().getAsJsonObject("texts");
        }

        private JsonObject todo() throws IOException {
            String text = Files.exists(file)
                    ? Files.readString(file)
                    : "{\"syncPoint\":\"\",\"texts\":{},\"changed\":{},\"changes\":0}";
            return JsonParser.parseString(text).getAsJsonObject();
        }

        @Override
        public void kill() {
            engine.close();
        }
    }
}
