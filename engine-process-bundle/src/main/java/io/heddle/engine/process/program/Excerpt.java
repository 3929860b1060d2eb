// SPDX-License-Identifier: Apache-2.0
package io.heddle.engine.process.program;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The beginning of what a program wrote, fit for a log: what it wrote may be long, private or forged. */
public final class Excerpt {

    /** How much of a line a message quotes at most, in characters. */
    public static final int LENGTH = 200;

    private Excerpt() {}

    /**
     * Shortens a line.
     *
     * @param line bytes that may be no UTF-8
     * @return at most {@link #LENGTH} characters, none of them a control character
     */
    public static String of(byte[] line) {
        return of(line, LENGTH);
    }

    static String of(byte[] line, int length) {
        byte[] head = Arrays.copyOf(line, Math.min(line.length, length * 4));
        String text = new String(head, StandardCharsets.UTF_8).strip();
        String clean = text.replaceAll("\\p{Cntrl}", "\uFFFD");
        if (clean.length() <= length && head.length == line.length) {
            return clean;
        }
        return clean.substring(0, Math.min(length, clean.length())) + "…";
    }
}
