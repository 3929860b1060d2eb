// SPDX-License-Identifier: Apache-2.0
package io.heddle.manager.wire;

import io.heddle.manager.failure.SyncException;
import io.heddle.manager.wire.bulk.AsciiBuffer;
import io.heddle.manager.wire.bulk.PayloadScanner;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A sealed payload, {@code {"ciphertext":"BASE64","IV":"BASE64","hmac":"HEX"}}, and where its three parts are; they are not
 * decoded yet, and of printable ASCII characters without quote and backslash. It is kept as it stands within a BSO, with its
 * quotes escaped, so that a record is neither escaped nor copied part by part on its way in or out.
 *
 * <p><b>Threading:</b> immutable.
 */
public final class SealedPayload {

    private static final int CIPHERTEXT = 0;
    private static final int IV = 1;
    private static final int HMAC = 2;
    private static final byte[] BEFORE_CIPHERTEXT = escaped("{\"ciphertext\":\"");
    private static final byte[] BEFORE_IV = escaped("\",\"IV\":\"");
    private static final byte[] BEFORE_HMAC = escaped("\",\"hmac\":\"");
    private static final byte[] AFTER_HMAC = escaped("\"}");
    /** Of three names and three values. */
    private static final int QUOTES = 12;

    private final byte[] escaped;
    /** Where each part begins and ends. */
    private final int[] bounds;

    private SealedPayload(byte[] escaped, int[] bounds) {
        this.escaped = escaped;
        this.bounds = bounds;
    }

    /**
     * Puts a payload together.
     *
     * @param ciphertext Base64, the very text that the HMAC is over
     * @param iv Base64 of 16 bytes
     * @param hmac 64 hexadecimal digits
     * @return the payload
     */
    public static SealedPayload of(byte[] ciphertext, byte[] iv, byte[] hmac) {
        ByteBuffer text = ByteBuffer.allocate(BEFORE_CIPHERTEXT.length
                + ciphertext.length
                + BEFORE_IV.length
                + iv.length
                + BEFORE_HMAC.length
                + hmac.length
                + AFTER_HMAC.length);
        int[] bounds = {
            text.put(BEFORE_CIPHERTEXT).position(), text.put(ciphertext).position(),
            text.put(BEFORE_IV).position(), text.put(iv).position(),
            text.put(BEFORE_HMAC).position(), text.put(hmac).position()
        };
        return new SealedPayload(text.put(AFTER_HMAC).array(), bounds);
    }

    /**
     * Reads a payload; unknown fields are ignored.
     *
     * @param payload a BSO's payload
     * @return its parts
     * @throws SyncException.Malformed when it has not these parts
     */
    public static SealedPayload parse(String payload) throws SyncException.Malformed {
        JsonFields fields = JsonFields.parse("a sealed payload", payload);
        return of(part(fields, "ciphertext"), part(fields, "IV"), part(fields, "hmac"));
    }

    /** Takes a copy of what was found in the bytes of a body. */
    static SealedPayload scanned(byte[] body, PayloadScanner found) {
        int from = found.from();
        int[] bounds = new int[6];
        for (int part = CIPHERTEXT; part <= HMAC; part++) {
            bounds[2 * part] = found.begin(part) - from;
            bounds[2 * part + 1] = found.end(part) - from;
        }
        return new SealedPayload(Arrays.copyOfRange(body, from, found.to()), bounds);
    }

    /** {@return the ciphertext in Base64, the very bytes that the HMAC is over; a view, not to be written to} */
    public ByteBuffer ciphertext() {
        return part(CIPHERTEXT);
    }

    /** {@return the IV in Base64; a view, not to be written to} */
    public ByteBuffer iv() {
        return part(IV);
    }

    /** {@return the HMAC's hexadecimal digits; a view, not to be written to} */
    public ByteBuffer hmac() {
        return part(HMAC);
    }

    /** {@return how many characters, and bytes, the payload has} */
    public int length() {
        return escaped.length - QUOTES;
    }

    /** {@return the payload as text} */
    public String text() {
        byte[] text = new byte[length()];
        int copied = 0;
        for (byte next : escaped) {
            if (next != '\\') {
                text[copied++] = next;
            }
        }
        return new String(text, StandardCharsets.ISO_8859_1);
    }

    /** Appends the payload as a JSON string, with its quotes. */
    void appendString(AsciiBuffer out) {
        out.append('"').append(escaped).append('"');
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SealedPayload that && text().equals(that.text());
    }

    @Override
    public int hashCode() {
        return text().hashCode();
    }

    /** What it is; its text may be private. */
    @Override
    public String toString() {
        return "SealedPayload";
    }

    private ByteBuffer part(int part) {
        return ByteBuffer.wrap(escaped, bounds[2 * part], bounds[2 * part + 1] - bounds[2 * part]);
    }

    private static byte[] part(JsonFields fields, String name) throws SyncException.Malformed {
        String text = fields.findString(name).orElseThrow(() -> fields.missing(name));
        if (!text.chars().allMatch(c -> c >= ' ' && c <= '~' && c != '"' && c != '\\')) {
            throw fields.notOfForm(name, "Base64 or hexadecimal digits");
        }
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] escaped(String json) {
        return json.replace("\"", "\\\"").getBytes(StandardCharsets.US_ASCII);
    }
}
