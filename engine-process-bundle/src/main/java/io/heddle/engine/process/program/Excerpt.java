// SPDX-License-Identifier: Apache-2.0
package io.heddle.engine.process.program;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Pattern;

/** The beginning of what a program wrote, fit for a log: what it wrote may be long, private or forged. */
public final class Excerpt {

    /** How much of a line a message quotes at most, in characters. */
    public static final int LENGTH = 200;

    /** What moves the cursor, turns text around or is not seen, of all of Unicode. */
    private static final Pattern UNSEEN = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}\\p{Cs}]");

    private Excerpt() {}

    /**
     * Shortens a line.
     *
     * @param line bytes that may be no UTF-8
     * @return at most {@link #LENGTH} characters and an ellipsis, none of them a control or format character
     */
    public static String of(byte[] line) {
        return of(line, LENGTH);
    }

    static String of(byte[] line, int length) {
        byte[] head = Arrays.copyOf(line, Math.min(line.length, length * 4));
        String text = new String(head, StandardCharsets.UTF_8).strip();
        return of(text, length, text.length() > length || head.length < line.length);
    }

    /**
     * Shortens a text.
     *
     * @param text any
     * @param length how many characters at most
     * @return so many, and an ellipsis where there were more; none of them a control or format character
     */
    public static String of(String text, int length) {
        return of(text, length, text.length() > length);
    }

    private static String of(String text, int length, boolean cut) {
        // Half a surrogate pair at the cut is replaced as well.
        String head = text.substring(0, Math.min(length, text.length()));
        return UNSEEN.matcher(head).replaceAll("\uFFFD") + (cut ? "…" : "");
    }
}
