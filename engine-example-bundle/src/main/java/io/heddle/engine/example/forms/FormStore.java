// SPDX-License-Identifier: Apache-2.0
package io.heddle.engine.example.forms;

import io.heddle.engine.example.JsonFile;
import io.heddle.engine.example.RecordIds;
import io.heddle.engine.example.forms.FormEntry.State;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/**
 * This device's form history: the document in memory and its file.
 *
 * <p><b>Threading:</b> safe; people add and remove entries while a sync is on its way.
 */
@Component(service = FormStore.class, configurationPid = FormStore.PID)
@Designate(ocd = FormStore.Settings.class)
public final class FormStore {

    /** The PID of its configuration. */
    public static final String PID = "io.heddle.engine.example.forms";

    /** The store's configuration. */
    @ObjectClassDefinition(name = "Heddle example: form history")
    public @interface Settings {

        /**
         * Property {@code state.file}.
         *
         * @return the path of the JSON file; empty for a file in the bundle's data area
         */
        @AttributeDefinition(name = "State file", description = "A JSON file; empty: in the bundle's data area")
        String state_file() default "";
    }

    private final JsonFile<FormDocument> file;
    private final Clock clock;
    private FormDocument document;

    /**
     * Opens the store as Declarative Services asks for it.
     *
     * @param context of this bundle
     * @param settings where the file is
     * @throws IOException when the file is there but can't be read
     */
    @Activate
    public FormStore(BundleContext context, Settings settings) throws IOException {
        this(
                settings.state_file().isEmpty()
                        ? context.getDataFile("forms.json").toPath()
                        : Path.of(settings.state_file()),
                Clock.systemUTC());
    }

    /**
     * Opens the store of a file.
     *
     * @param file the JSON file; it need not exist
     * @param clock tells when an entry was changed
     * @throws IOException when the file is there but can't be read
     */
    public FormStore(Path file, Clock clock) throws IOException {
        this.file = new JsonFile<>(file, FormDocument.class);
        this.clock = clock;
        this.document = this.file.read().orElseGet(FormDocument::new);
    }

    /** Adds an entry, or finds the one that says the same. */
    synchronized FormEntry add(String name, String value) throws IOException {
        FormEntry entry = new FormEntry(RecordIds.next(), name, value, clock.millis(), State.NEW);
        for (FormEntry other : document.entries().values()) {
            if (other.saysTheSameAs(entry)) {
                return other;
            }
        }
        update(draft -> draft.put(entry));
        return entry;
    }

    /**
     * Gives an entry another value, under another id: Firefox takes no change of an entry that it has, but it takes its deletion
     * and a new one. One that then says the same as another entry is deleted only.
     */
    synchronized FormEntry change(FormEntry old, String value) throws IOException {
        FormEntry entry = new FormEntry(RecordIds.next(), old.name(), value, clock.millis(), State.NEW);
        if (entry.saysTheSameAs(old)) {
            return old;
        }
        Optional<FormEntry> twin = document.entries().values().stream()
                .filter(other -> other.saysTheSameAs(entry))
                .findFirst();
        update(draft -> {
            draft.delete(old.id(), clock.millis());
            if (twin.isEmpty()) {
                draft.put(entry);
            }
        });
        return twin.orElse(entry);
    }

    void remove(FormEntry entry) throws IOException {
        update(draft -> draft.delete(entry.id(), clock.millis()));
    }

    synchronized List<FormEntry> list() {
        return List.copyOf(document.entries().values());
    }

    /** {@return the document as it is now; not to be changed} */
    synchronized FormDocument current() {
        return document;
    }

    /** Changes the document: all of it is on disk when this returns, or nothing was changed. */
    synchronized FormDocument update(Consumer<FormDocument> change) throws IOException {
        FormDocument draft = document.copy();
        change.accept(draft);
        file.write(draft);
        document = draft;
        return draft;
    }

    long now() {
        return clock.millis();
    }
}
