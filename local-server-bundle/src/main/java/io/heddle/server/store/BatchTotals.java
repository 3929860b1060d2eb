// SPDX-License-Identifier: Apache-2.0
package io.heddle.server.store;

/**
 * How much an open batch holds.
 *
 * @param records the BSOs posted to it; one that came twice is counted twice
 * @param bytes their payloads
 */
public record BatchTotals(long records, long bytes) {
    /** A batch without BSOs. */
    public static final BatchTotals EMPTY = new BatchTotals(0, 0);
}
