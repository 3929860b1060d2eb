// SPDX-License-Identifier: Apache-2.0
package io.heddle.engine.example.notes.files;

import java.nio.file.attribute.BasicFileAttributes;
import java.util.concurrent.TimeUnit;

/**
 * What tells that a file was probably not changed.
 *
 * @param size its length in bytes
 * @param modifiedNanos when it was written, in nanoseconds since 1970
 */
public record FileStamp(long size, long modifiedNanos) {

    static FileStamp of(BasicFileAttributes attributes) {
        return new FileStamp(attributes.size(), attributes.lastModifiedTime().to(TimeUnit.NANOSECONDS));
    }

    /** {@return when the file was written, in milliseconds since 1970} */
    public long modifiedMillis() {
        return TimeUnit.NANOSECONDS.toMillis(modifiedNanos);
    }
}
