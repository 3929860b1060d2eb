// SPDX-License-Identifier: Apache-2.0
package io.heddle.integration.todo;

import io.heddle.engine.example.TodoStore;
import io.heddle.integration.bench.TestBench;
import io.heddle.integration.bench.TodoDesk;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;

/** Offers the storage that the README's engine asks for as a service. The engine itself is Declarative Services' matter. */
public final class StoreActivator implements BundleActivator {

    /** Made by the framework. */
    public StoreActivator() {}

    @Override
    public void start(BundleContext context) throws IOException {
        TodoStore store = new TodoStore(Path.of(context.getProperty(TestBench.PREFIX + "folder"), "readme.json"));
        context.registerService(TodoStore.class, store, null);
        context.registerService(TodoDesk.class, new Desk(store), null);
    }

    @Override
    public void stop(BundleContext context) {
        // The framework withdraws the services.
    }

    private record Desk(TodoStore store) implements TodoDesk {

        @Override
        public void add(String text) throws IOException {
            store.add(text);
        }

        @Override
        public Collection<String> texts() {
            return store.texts();
        }

        @Override
        public List<String> runs() {
            return List.of();
        }
    }
}
