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
 * quotes escaped, and its ciphertext apart from the rest, so that a record is neither escaped nor copied more than once on
 * its way in or out.
 *
 * <p><b>Threading:</b> immutable.
 */
public final class SealedPayload {

    private static final byte[] BEFORE_CIPHERTEXT = escaped("{\"ciphertext\":\"");
    private static final byte[] BEFORE_IV = escaped("\",\"IV\":\"");
    private static final byte[] BEFORE_HMAC = escaped("\",\"hmac\":\"");
    private static final byte[] AFTER_HMAC = escaped("\"}");
    /** Of three names and three values. */
    private static final int QUOTES = 12;

    private final byte[] ciphertext;
    /** Everything but the ciphertext. */
    private final byte[] frame;
    /** Where in the frame the ciphertext stands. */
    private final int gap;

    private final int ivFrom;
    private final int ivTo;
    private final int hmacFrom;
    private final int hmacTo;

    private SealedPayload(byte[] ciphertext, byte[] frame, int gap, int ivFrom, int ivTo, int hmacFrom, int hmacTo) {
        this.ciphertext = ciphertext;
        this.frame = frame;
        this.gap = gap;
        this.ivFrom = ivFrom;
        this.ivTo = ivTo;
        this.hmacFrom = hmacFrom;
        this.hmacTo = hmacTo;
    }

    /**
     * Puts a payload together.
     *
     * @param ciphertext Base64, the very text that the HMAC is over; the array is kept
     * @param iv Base64 of 16 bytes
     * @param hmac 64 hexadecimal digits
     * @return the payload
     */
    public static SealedPayload of(byte[] ciphertext, byte[] iv, byte[] hmac) {
        int length = BEFORE_CIPHERTEXT.length
                + BEFORE_IV.length
                + iv.length
                + BEFORE_HMAC.length
                + hmac.length
                + AFTER_HMAC.length;
        ByteBuffer frame = ByteBuffer.allocate(length).put(BEFORE_CIPHERTEXT);
        int ivFrom = frame.put(BEFORE_IV).position();
        int ivTo = frame.put(iv).position();
        int hmacFrom = frame.put(BEFORE_HMAC).position();
        int hmacTo = frame.put(hmac).position();
        frame.put(AFTER_HMAC);
        return new SealedPayload(ciphertext, frame.array(), BEFORE_CIPHERTEXT.length, ivFrom, ivTo, hmacFrom, hmacTo);
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
        int begin = found.begin(PayloadScanner.CIPHERTEXT);
        int end = found.end(PayloadScanner.CIPHERTEXT);
        byte[] frame = new byte[found.to() - from - (end - begin)];
        System.arraycopy(body, from, frame, 0, begin - from);
        System.arraycopy(body, end, frame, begin - from, found.to() - end);
        int iv = found.begin(PayloadScanner.IV);
        int hmac = found.begin(PayloadScanner.HMAC);
        int ivFrom = iv - (iv < begin ? from : from + end - begin);
        int hmacFrom = hmac - (hmac < begin ? from : from + end - begin);
        return new SealedPayload(
                Arrays.copyOfRange(body, begin, end),
                frame,
                begin - from,
                ivFrom,
                ivFrom + found.end(PayloadScanner.IV) - iv,
                hmacFrom,
                hmacFrom + found.end(PayloadScanner.HMAC) - hmac);
    }

    /** {@return the ciphertext in Base64, the very bytes that the HMAC is over; no copy, not to be written to} */
    public byte[] ciphertext() {
        return ciphertext;
    }

    /** {@return the IV in Base64; a view, not to be written to} */
    public ByteBuffer iv() {
        return ByteBuffer.wrap(frame, ivFrom, ivTo - ivFrom);
    }

    /** {@return the HMAC's hexadecimal digits; a view, not to be written to} */
    public ByteBuffer hmac() {
        return ByteBuffer.wrap(frame, hmacFrom, hmacTo - hmacFrom);
    }

    /** {@return how many characters, and bytes, the payload has} */
    public int length() {
        return frame.length + ciphertext.length - QUOTES;
    }

    /** {@return the payload as text} */
    public String text() {
        StringBuilder text = new StringBuilder(length());
        for (int i = 0; i < frame.length; i++) {
            if (i == gap) {
                text.append(new String(ciphertext, StandardCharsets.ISO_8859_1));
            }
            if (frame[i] != '\\') {
                text.append((char) frame[i]);
            }
        }
        return text.toString();
    }

    /** Appends the payload as a JSON string, with its quotes. */
    void appendString(AsciiBuffer out) {
        out.append('"').append(frame, 0, gap).append(ciphertext).append(frame, gap, frame.length);
        out.append('"');
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
