// SPDX-License-Identifier: Apache-2.0
package io.heddle.benchmarks.endtoend.server;

/** The records that are synced: 1 KB of cleartext each, with numbers for ids. */
public final class KilobyteRecord {

    private static final String FILLING = "The quick brown fox jumps over the lazy dog. ".repeat(22);

    private KilobyteRecord() {}

    /**
     * The id of a record.
     *
     * @param number its number
     * @return 12 digits
     */
    public static String id(int number) {
        return Long.toString(1_000_000_000_000L + number).substring(1);
    }

    /**
     * The cleartext of a record.
     *
     * @param number its number
     * @return JSON
     */
    public static String json(int number) {
        return "{\"id\":\"" + id(number) + "\",\"text\":\"" + FILLING + "\"}";
    }
}
