// SPDX-License-Identifier: Apache-2.0
package io.heddle.engine.example.notes;

import io.heddle.engine.example.notes.files.FileStamp;
import io.heddle.engine.example.notes.files.NotesFolder;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;
import java.util.Optional;

/** A folder whose sub-folder {@code locked} can be read, but not written to. */
final class UnwritableFolder extends NotesFolder {

    UnwritableFolder(Path root) {
        super(root);
    }

    @Override
    public void place(Path temporary, String file, long modifiedMillis, Optional<FileStamp> seen) throws IOException {
        check(file);
        super.place(temporary, file, modifiedMillis, seen);
    }

    @Override
    public void move(String from, String to) throws IOException {
        check(from);
        check(to);
        super.move(from, to);
    }

    @Override
    public void delete(String file, FileStamp seen) throws IOException {
        check(file);
        super.delete(file, seen);
    }

    private static void check(String file) throws AccessDeniedException {
        if (file.startsWith("locked/")) {
            throw new AccessDeniedException(file);
        }
    }
}
