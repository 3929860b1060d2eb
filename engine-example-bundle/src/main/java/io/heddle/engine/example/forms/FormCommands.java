// SPDX-License-Identifier: Apache-2.0
package io.heddle.engine.example.forms;

import java.io.IOException;
import java.util.List;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * The shell commands {@code forms:add}, {@code forms:list}, {@code forms:change} and {@code forms:remove}. Gogo finds
 * them by the service properties; without Gogo they are just a service that nobody asks for.
 */
@Component(
        service = FormCommands.class,
        property = {
            "osgi.command.scope=forms",
            "osgi.command.function=add",
            "osgi.command.function=list",
            "osgi.command.function=change",
            "osgi.command.function=remove"
        })
public final class FormCommands {

    private final FormStore store;

    /**
     * Makes the commands of a store.
     *
     * @param store this device's form history
     */
    @Activate
    public FormCommands(@Reference FormStore store) {
        this.store = store;
    }

    /**
     * {@code forms:add NAME VALUE}.
     *
     * @param name the field's name
     * @param value what was typed
     * @return what was done
     * @throws IOException when it could not be stored
     */
    public String add(String name, String value) throws IOException {
        return "added " + line(store.add(name, value), 0, 0);
    }

    /**
     * {@code forms:list}.
     *
     * @return one line an entry: id, name, value, and whether it is still to be uploaded
     */
    public String list() {
        List<FormEntry> entries = store.list();
        int ids = width(entries.stream().map(FormEntry::id).toList());
        int names = width(entries.stream().map(FormEntry::name).toList());
        return entries.isEmpty()
                ? "no entries"
                : String.join(
                        "\n",
                        entries.stream().map(entry -> line(entry, ids, names)).toList());
    }

    /**
     * {@code forms:change ID VALUE}.
     *
     * @param id an entry's id, or the beginning of one
     * @param value the new value
     * @return what was done
     * @throws IllegalArgumentException when no entry has such an id, or several have; nothing was done
     * @throws IOException when it could not be stored
     */
    public String change(String id, String value) throws IOException {
        return "changed to " + line(store.change(require(id), value), 0, 0);
    }

    /**
     * {@code forms:remove ID}.
     *
     * @param id an entry's id, or the beginning of one
     * @return what was done
     * @throws IllegalArgumentException when no entry has such an id, or several have; nothing was done
     * @throws IOException when it could not be stored
     */
    public String remove(String id) throws IOException {
        FormEntry entry = require(id);
        store.remove(entry);
        return "removed " + line(entry, 0, 0);
    }

    /** An exception, not a text: a script must see that nothing was done. */
    private FormEntry require(String id) {
        List<FormEntry> matches = find(id);
        if (matches.isEmpty()) {
            throw new IllegalArgumentException(
                    "no entry has an id that begins with " + printable(id) + "; see forms:list");
        }
        if (matches.size() > 1) {
            throw new IllegalArgumentException(
                    matches.size() + " entries have ids that begin with " + printable(id) + "; give more of it");
        }
        return matches.get(0);
    }

    private List<FormEntry> find(String id) {
        List<FormEntry> entries = store.list();
        List<FormEntry> exact =
                entries.stream().filter(entry -> entry.id().equals(id)).toList();
        return exact.isEmpty()
                ? entries.stream().filter(entry -> entry.id().startsWith(id)).toList()
                : exact;
    }

    private static String line(FormEntry entry, int idWidth, int nameWidth) {
        return pad(entry.id(), idWidth) + "  " + pad(entry.name(), nameWidth) + "  " + printable(entry.value())
                + (entry.isToUpload() ? "  (to upload)" : "");
    }

    private static int width(List<String> texts) {
        return texts.stream().mapToInt(String::length).max().orElse(0);
    }

    private static String pad(String text, int width) {
        return printable(text) + " ".repeat(Math.max(0, width - text.length()));
    }

    /** Values come from other devices: a control character must not reach the terminal. */
    private static String printable(String text) {
        return text.replaceAll("\\p{Cntrl}", "?");
    }
}
