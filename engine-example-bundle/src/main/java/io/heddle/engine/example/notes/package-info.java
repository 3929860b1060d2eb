// SPDX-License-Identifier: Apache-2.0
/**
 * A folder whose files are the same on all devices: an engine with two collections. {@code notes} holds one record a
 * file, {@code notes-files} the pieces of what is too large or is no text; a note is uploaded after its pieces.
 *
 * <p>One sync: the scan compares the folder with the index, the merge brings the server's notes into the folder, the
 * uploads offer the rest. The file operations come before the index is written, and each of them is recognised by the
 * next scan, so a crash at any point costs a repetition and no note. See "Firefox object formats" for how such formats
 * are written down; this one is the engine's own.
 */
package io.heddle.engine.example.notes;
