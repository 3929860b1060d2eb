// SPDX-License-Identifier: Apache-2.0
package io.heddle.engine.example.notes;

import io.heddle.engine.example.notes.files.NotesFolder;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;
import java.util.function.Predicate;

/** A folder some of whose files can't be read, as if another program had locked them; they can be moved and deleted. */
final class UnreadableFolder extends NotesFolder {

    private final Predicate<String> unreadable;

    UnreadableFolder(Path root, Predicate<String> unreadable) {
        super(root);
        this.unreadable = unreadable;
    }

    @Override
    public FileChannel openFile(String file) throws IOException {
        if (unreadable.test(file)) {
            throw new AccessDeniedException(file);
        }
        return super.openFile(file);
    }
}
