// SPDX-License-Identifier: Apache-2.0
package io.heddle.manager.wire;

import io.heddle.manager.wire.bulk.AsciiBuffer;
import java.util.OptionalInt;

/**
 * Renders outgoing BSOs, such as {@code {"id":"LbS4eC7XRGGca6lf","payload":"…","sortindex":100,"ttl":5184000}}. A list of
 * them for a POST is made of these, commas and brackets.
 */
public final class BsoWriter {

    private static final char[] HEX = "0123456789abcdef".toCharArray();

    private BsoWriter() {}

    /**
     * Appends one sealed BSO to the body of a POST. Nothing is escaped any more but what may be odd in the id.
     *
     * @param out where to
     * @param id its id, of ASCII characters
     * @param payload its payload
     * @param sortIndex its weight, when it has one
     * @param ttlSeconds how long the server keeps it, when not forever
     */
    public static void append(
            AsciiBuffer out, String id, SealedPayload payload, OptionalInt sortIndex, OptionalInt ttlSeconds) {
        StringBuilder quotedId = new StringBuilder(id.length() + 2);
        appendString(quotedId, id);
        out.append("{\"id\":").append(quotedId.toString()).append(",\"payload\":");
        payload.appendString(out);
        sortIndex.ifPresent(index -> out.append(",\"sortindex\":").append(Integer.toString(index)));
        ttlSeconds.ifPresent(seconds -> out.append(",\"ttl\":").append(Integer.toString(seconds)));
        out.append('}');
    }

    /**
     * Appends one BSO, whatever its payload is, as text.
     *
     * @param out where to
     * @param id its id
     * @param payload its payload
     * @param sortIndex its weight, when it has one
     * @param ttlSeconds how long the server keeps it, when not forever
     */
    public static void append(
            StringBuilder out, String id, String payload, OptionalInt sortIndex, OptionalInt ttlSeconds) {
        out.append("{\"id\":");
        appendString(out, id);
        out.append(",\"payload\":");
        appendString(out, payload);
        sortIndex.ifPresent(index -> out.append(",\"sortindex\":").append(index));
        ttlSeconds.ifPresent(seconds -> out.append(",\"ttl\":").append(seconds));
        out.append('}');
    }

    /**
     * A JSON string with its quotes.
     *
     * @param out where to
     * @param text any text; half a surrogate pair is escaped, for UTF-8 can't hold it
     */
    public static void appendString(StringBuilder out, String text) {
        out.append('"');
        int copied = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= ' ' && c != '"' && c != '\\' && (!Character.isSurrogate(c) || isHalfOfPair(text, i))) {
                continue;
            }
            out.append(text, copied, i);
            appendEscaped(out, c);
            copied = i + 1;
        }
        out.append(text, copied, text.length()).append('"');
    }

    /**
     * A JSON text that UTF-8 can hold: half a surrogate pair, which is legal in JSON, is escaped.
     *
     * @param json any JSON text
     * @return the same document
     */
    public static String escapeHalfPairs(String json) {
        StringBuilder out = null;
        int copied = 0;
        for (int i = 0; i < json.length(); i++) {
            if (Character.isSurrogate(json.charAt(i)) && !isHalfOfPair(json, i)) {
                out = out == null ? new StringBuilder(json.length() + 16) : out;
                appendEscaped(out.append(json, copied, i), json.charAt(i));
                copied = i + 1;
            }
        }
        return out == null ? json : out.append(json, copied, json.length()).toString();
    }

    private static void appendEscaped(StringBuilder out, char c) {
        if (c == '"' || c == '\\') {
            out.append('\\').append(c);
            return;
        }
        out.append("\\u");
        for (int shift = 12; shift >= 0; shift -= 4) {
            out.append(HEX[(c >> shift) & 0xF]);
        }
    }

    private static boolean isHalfOfPair(String text, int index) {
        return Character.isHighSurrogate(text.charAt(index))
                ? index + 1 < text.length() && Character.isLowSurrogate(text.charAt(index + 1))
                : index > 0 && Character.isHighSurrogate(text.charAt(index - 1));
    }
}
