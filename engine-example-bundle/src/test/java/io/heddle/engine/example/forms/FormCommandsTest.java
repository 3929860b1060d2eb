// SPDX-License-Identifier: Apache-2.0
package io.heddle.engine.example.forms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heddle.engine.example.forms.FormEntry.State;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FormCommandsTest {

    @TempDir
    private Path folder;

    private FormStore store;
    private FormCommands commands;

    @BeforeEach
    void fill() throws IOException {
        store = new FormStore(folder.resolve("forms.json"), Clock.systemUTC());
        commands = new FormCommands(store);
        store.update(draft -> {
            draft.put(new FormEntry("LbS4eC7XRGGca6lf", "city", "Zürich", 1, State.SYNCED));
            draft.put(new FormEntry("LbQak9QwT0KC", "searchbar-history", "loom\u001b[2J", 1, State.NEW));
        });
    }

    @Test
    void listIsAlignedAndShowsNoControlCharacters() {
        assertThat(commands.list())
                .isEqualTo("LbS4eC7XRGGca6lf  city               Zürich\n"
                        + "LbQak9QwT0KC      searchbar-history  loom?[2J  (to upload)");
    }

    @Test
    void unambiguousBeginningOfAnIdRemoves() throws IOException {
        assertThat(commands.remove("LbS")).contains("removed LbS4eC7XRGGca6lf");
        assertThat(store.list()).extracting(FormEntry::id).containsExactly("LbQak9QwT0KC");
    }

    @Test
    void ambiguousOrUnknownIdFailsSaysWhyAndChangesNothing() {
        List<FormEntry> before = store.list();
        assertFails(() -> commands.remove("Lb"), "2 entries");
        assertFails(() -> commands.remove("nope\u001b"), "no entry has an id that begins with nope?; see forms:list");
        assertFails(() -> commands.change("Lb", "x"), "2 entries");
        assertFails(() -> commands.change("nope", "x"), "no entry");
        assertThat(store.list()).isEqualTo(before);
    }

    /** As an exception: it is what Gogo, and a script that runs it, take for a failure. */
    private static void assertFails(ThrowingCallable command, String message) {
        assertThatThrownBy(command).isInstanceOf(IllegalArgumentException.class).hasMessageContaining(message);
    }

    @Test
    void addingTheSameTwiceIsOneEntry() throws IOException {
        commands.add("city", "Bern");
        assertThat(commands.add("city", "Bern")).startsWith("added");
        assertThat(store.list()).hasSize(3);
    }

    @Test
    void changeMarksTheEntryForUpload() throws IOException {
        assertThat(commands.change("LbS", "Bern")).contains("city", "Bern", "to upload");
        assertThat(store.list())
                .filteredOn(FormEntry::isToUpload)
                .extracting(FormEntry::value)
                .contains("Bern");
        assertThat(store.list()).extracting(FormEntry::value).doesNotContain("Zürich");
    }

    @Test
    void entriesSurviveARestart() throws IOException {
        commands.add("city", "Bern");
        FormStore restarted = new FormStore(folder.resolve("forms.json"), Clock.systemUTC());
        assertThat(restarted.list()).isEqualTo(store.list());
    }
}
