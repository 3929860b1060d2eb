// SPDX-License-Identifier: Apache-2.0
package io.heddle.server.storage;

/**
 * The limits that {@code info/configuration} advertises; bytes count payloads, unless said otherwise.
 *
 * @param maxPostRecords BSOs in one POST
 * @param maxPostBytes bytes in one POST
 * @param maxRecordPayloadBytes bytes in one BSO
 * @param maxRequestBytes bytes of one request's body, all of it
 * @param maxTotalRecords BSOs in one batch
 * @param maxTotalBytes bytes in one batch
 */
public record Limits(
        long maxPostRecords,
        long maxPostBytes,
        long maxRecordPayloadBytes,
        long maxRequestBytes,
        long maxTotalRecords,
        long maxTotalBytes) {

    /** The limits of Mozilla's present server. */
    public static final Limits DEFAULT = new Limits(100, 2_621_440, 2_621_440, 2_625_536, 10_000, 262_144_000);

    /** A request's body is held in memory, and a payload in one row of the database. */
    private static final long LARGEST_REQUEST = 32L << 20;

    /** Refuses limits that admit nothing, and bodies that are too large to hold. */
    public Limits {
        if (maxPostRecords < 1
                || maxPostBytes < 1
                || maxRecordPayloadBytes < 1
                || maxRequestBytes < 1
                || maxTotalRecords < 1
                || maxTotalBytes < 1) {
            throw new IllegalArgumentException("every limit is at least 1");
        }
        if (maxRequestBytes > LARGEST_REQUEST) {
            throw new IllegalArgumentException(
                    "max_request_bytes is at most " + LARGEST_REQUEST + ", found " + maxRequestBytes);
        }
    }
}
