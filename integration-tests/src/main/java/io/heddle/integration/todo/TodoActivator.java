// SPDX-License-Identifier: Apache-2.0
package io.heddle.integration.todo;

import io.heddle.engine.example.TodoEngine;
import io.heddle.engine.example.TodoStore;
import io.heddle.engine.record.RecordContext;
import io.heddle.engine.record.RecordEngine;
import io.heddle.engine.record.RecordSession;
import io.heddle.integration.bench.TestBench;
import io.heddle.integration.bench.TodoDesk;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;

/**
 * Registers the engine with plain service properties, read from the bundle's manifest: {@code Engine-Name} and
 * {@code Engine-Collections}, either of which may be missing.
 */
public final class TodoActivator implements BundleActivator {

    /** The manifest header of the engine's name. */
    public static final String NAME = "Engine-Name";

    /** The manifest header of the engine's collections, separated by commas. */
    public static final String COLLECTIONS = "Engine-Collections";

    /** Made by the framework. */
    public TodoActivator() {}

    @Override
    public void start(BundleContext context) throws IOException {
        Dictionary<String, String> headers = context.getBundle().getHeaders();
        Dictionary<String, Object> properties = new Hashtable<>();
        if (headers.get(NAME) != null) {
            properties.put("sync.engine.name", headers.get(NAME));
        }
        if (headers.get(COLLECTIONS) != null) {
            properties.put("sync.engine.collections", headers.get(COLLECTIONS).split(","));
        }
        // Not in the bundle's own data area: what it did before an update or a new installation is the test's concern.
        Path file = Path.of(context.getProperty(TestBench.PREFIX + "folder"), "todo.json");
        TodoStore store = new TodoStore(file);
        Engine engine = new Engine(
                new TodoEngine(store), context.getBundle().getVersion().toString());
        Dictionary<String, Object> commands = new Hashtable<>();
        commands.put("osgi.command.scope", "todo");
        commands.put("osgi.command.function", new String[] {"put", "remove", "texts"});
        context.registerService(TodoDesk.class, new Desk(store, engine.runs()), commands);
        context.registerService(RecordEngine.class, engine, properties);
    }

    @Override
    public void stop(BundleContext context) {
        // The framework withdraws the services.
    }

    /** The example's engine, and a list of its syncs. */
    private record Engine(RecordEngine todo, String version, List<String> runs) implements RecordEngine {

        Engine(RecordEngine todo, String version) {
            this(todo, version, new CopyOnWriteArrayList<>());
        }

        @Override
        public RecordSession open(RecordContext context) throws Exception {
            runs.add(version);
            return todo.open(context);
        }

        @Override
        public void reset() throws Exception {
            todo.reset();
        }

        @Override
        public void wipe() throws Exception {
            todo.wipe();
        }
    }

    /**
     * The user's side of it, also as commands.
     *
     * @param store the list
     * @param runs the syncs
     */
    public record Desk(TodoStore store, List<String> runs) implements TodoDesk {

        @Override
        public void add(String text) throws IOException {
            put(text);
        }

        /**
         * Adds an item.
         *
         * @param text what to do
         * @return the item's id
         * @throws IOException when it could not be stored
         */
        public String put(String text) throws IOException {
            return store.add(text);
        }

        /**
         * Deletes an item.
         *
         * @param id the item's id
         * @throws IOException when that could not be stored
         */
        public void remove(String id) throws IOException {
            store.remove(id);
        }

        @Override
        public Collection<String> texts() {
            return store.texts();
        }
    }
}
