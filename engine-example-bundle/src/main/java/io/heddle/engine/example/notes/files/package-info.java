// SPDX-License-Identifier: Apache-2.0
/**
 * The folder of the notes engine as files: names that every device can hold, and file operations that never leave the
 * folder, never follow a symbolic link and never leave a half-written file. It knows nothing of records or syncs; the
 * protocol has no page for it.
 */
package io.heddle.engine.example.notes.files;
