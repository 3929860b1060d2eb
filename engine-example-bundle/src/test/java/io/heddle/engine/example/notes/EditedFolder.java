// SPDX-License-Identifier: Apache-2.0
package io.heddle.engine.example.notes;

import io.heddle.engine.example.notes.files.FileStamp;
import io.heddle.engine.example.notes.files.NotesFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** A folder in which somebody edits each file at the moment in which the engine is about to replace or delete it. */
final class EditedFolder extends NotesFolder {

    private final String text;

    EditedFolder(Path root, String text) {
        super(root);
        this.text = text;
    }

    @Override
    public void place(Path temporary, String file, long modifiedMillis, Optional<FileStamp> seen) throws IOException {
        edit(file);
        super.place(temporary, file, modifiedMillis, seen);
    }

    @Override
    public void delete(String file, FileStamp seen) throws IOException {
        edit(file);
        super.delete(file, seen);
    }

    private void edit(String file) throws IOException {
        if (isTaken(file)) {
            Files.writeString(resolve(file), text);
        }
    }
}
