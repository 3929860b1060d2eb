// SPDX-License-Identifier: Apache-2.0
package io.heddle.engine.example.notes;

import java.util.List;

/**
 * One state of a note as its record tells it, without the text.
 *
 * @param path where it is, in normal form C, with {@code /} between the names
 * @param sha256 the hash of its contents, 64 lower-case hex digits
 * @param size the length of its contents in bytes
 * @param modifiedMillis when it was written, by the clock of the device that did
 * @param salt what its pieces' ids are derived with; empty without pieces
 * @param chunkBytes the length of each piece but the last; 0 without pieces
 * @param chunks the ids of its pieces in order; empty when the record holds the text
 */
record NoteVersion(
        String path, String sha256, long size, long modifiedMillis, String salt, int chunkBytes, List<String> chunks) {

    static NoteVersion ofText(String path, String sha256, long size, long modifiedMillis) {
        return new NoteVersion(path, sha256, size, modifiedMillis, "", 0, List.of());
    }

    NoteVersion at(String newPath, long newModifiedMillis) {
        return new NoteVersion(newPath, sha256, size, newModifiedMillis, salt, chunkBytes, chunks);
    }

    boolean isChunked() {
        return !chunks.isEmpty();
    }
}
