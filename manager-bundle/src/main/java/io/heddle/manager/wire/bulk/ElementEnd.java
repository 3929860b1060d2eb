// SPDX-License-Identifier: Apache-2.0
package io.heddle.manager.wire.bulk;

/**
 * Finds where an element of a list ends, however its bytes arrive: each byte is looked at once. Of what is JSON it finds
 * the end exactly; what is not, it leaves to the parser.
 *
 * <p><b>Threading:</b> for one thread.
 */
public final class ElementEnd {

    private static final String AFTER_BARE = "{}[]:, \t\f\r\n";

    private final boolean lines;
    private int length;
    private int depth;
    private boolean bare;
    private boolean inString;
    private boolean escaped;
    private boolean ended;

    /**
     * For one element.
     *
     * @param lines whether it ends with its line, else with its value
     */
    public ElementEnd(boolean lines) {
        this.lines = lines;
    }

    /**
     * Goes on where it stopped.
     *
     * @param text where the element is
     * @param from where it begins; this may move between two calls
     * @param to where the bytes end so far
     * @return whether it ends before that
     */
    public boolean find(byte[] text, int from, int to) {
        while (!ended && from + length < to) {
            if (lines || (inString && !escaped)) {
                // What neither ends a line nor a string.
                length = EightBytes.unescapedEnd(text, from + length, to) - from;
                if (from + length == to) {
                    return false;
                }
            }
            byte next = text[from + length];
            ended = lines ? next == '\n' || next == '\r' : bare && AFTER_BARE.indexOf(next) >= 0;
            if (!ended) {
                ended = !lines && closes(next);
                length++;
            }
        }
        return ended;
    }

    /** {@return how many bytes of the element were seen} */
    public int length() {
        return length;
    }

    private boolean closes(byte next) {
        if (inString) {
            inString = escaped || next != '"';
            escaped = !escaped && next == '\\';
            return !inString && depth == 0;
        }
        switch (next) {
            case '"' -> inString = !bare;
            case '{', '[' -> depth++;
            case '}', ']' -> depth--;
            default -> bare |= depth == 0;
        }
        return depth == 0 && !bare && !inString;
    }
}
