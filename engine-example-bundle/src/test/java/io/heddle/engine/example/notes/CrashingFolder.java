// SPDX-License-Identifier: Apache-2.0
package io.heddle.engine.example.notes;

import io.heddle.engine.example.notes.files.FileStamp;
import io.heddle.engine.example.notes.files.NotesFolder;
import io.heddle.engine.testkit.MemoryManager.Crash;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** A folder in which the process ends right before or right after one of the file operations. */
final class CrashingFolder extends NotesFolder {

    private int operationsLeft;

    /** Ends at the nth moment, counted from 1; each operation has a moment before and one after it. */
    CrashingFolder(Path root, int moment) {
        super(root);
        operationsLeft = moment;
    }

    @Override
    public void place(Path temporary, String file, long modifiedMillis, Optional<FileStamp> seen) throws IOException {
        moment();
        super.place(temporary, file, modifiedMillis, seen);
        moment();
    }

    @Override
    public void move(String file, String target) throws IOException {
        moment();
        super.move(file, target);
        moment();
    }

    @Override
    public void delete(String file, FileStamp seen) throws IOException {
        moment();
        super.delete(file, seen);
        moment();
    }

    private void moment() {
        if (--operationsLeft == 0) {
            throw new Crash();
        }
    }
}
