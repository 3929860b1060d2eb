// SPDX-License-Identifier: Apache-2.0
package io.heddle.manager.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.gson.JsonParser;
import io.heddle.engine.KeyBundle;
import io.heddle.manager.crypto.RecordRejectedException.Reason;
import io.heddle.manager.failure.SyncException;
import io.heddle.manager.wire.Bso;
import io.heddle.manager.wire.BsoReader;
import io.heddle.manager.wire.BsoWriter;
import io.heddle.manager.wire.SealedPayload;
import io.heddle.manager.wire.bulk.AsciiBuffer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalInt;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** A record on its whole way: sealed, written into a body, read from it, opened. */
class RecordPropertyTest {

    private static final String ID = "LbS4eC7XRGGca6lf";

    private final KeyBundle keys = KeyBundles.random();
    private final RecordCodec codec = new RecordCodec(keys);

    @Property(tries = 500)
    void anyTextComesBack(@ForAll("texts") String text) throws Exception {
        String json = json(ID, text);

        OpenedRecord opened = codec.open(read(body(ID, codec.seal(ID, json))));

        assertThat(opened.json()).isEqualTo(BsoWriter.escapeHalfPairs(json));
        assertThat(JsonParser.parseString(opened.json())
                        .getAsJsonObject()
                        .get("text")
                        .getAsString())
                .isEqualTo(text);
    }

    @Property(tries = 500)
    void whatWasChangedAnywhereInCiphertextOrHmacIsRefused(
            @ForAll @IntRange(max = 100_000) int place, @ForAll @IntRange(min = 1, max = 127) int change)
            throws Exception {
        byte[] body = body(ID, codec.seal(ID, json(ID, "text")));
        String text = new String(body, StandardCharsets.ISO_8859_1);
        boolean hmac = place % 2 == 0;
        int from = text.indexOf(hmac ? "hmac" : "ciphertext") + (hmac ? 9 : 15);
        int to = text.indexOf('\\', from);
        body[from + place % (to - from)] ^= (byte) change;

        assertRefused(body, hmac && change == 0x20);
    }

    @Property(tries = 200)
    void whatWasCutIsRefused(@ForAll @IntRange(max = 100_000) int place) throws Exception {
        SealedPayload sealed = codec.seal(ID, json(ID, "a text of several blocks, and then some"));
        String payload = sealed.text();
        String cut = payload.substring(0, place % payload.length());
        byte[] ciphertext = sealed.ciphertext();
        byte[] shorter = Arrays.copyOf(ciphertext, place % ciphertext.length);

        assertThat(refusal(new Bso(ID, Optional.empty(), OptionalInt.empty(), cut)))
                .isEqualTo(Reason.MALFORMED);
        assertThat(refusal(read(body(ID, SealedPayload.of(shorter, bytes(sealed.iv()), bytes(sealed.hmac()))))))
                .isEqualTo(Reason.HMAC);
    }

    @Test
    void recordsWhoseIdsWereExchangedAreRefused() throws Exception {
        assertThat(refusal(read(body("b", codec.seal("a", json("a", "text")))))).isEqualTo(Reason.MALFORMED);
    }

    @Test
    void recordOfAnotherCollectionIsRefusedWhereEachHasKeysOfItsOwn() throws Exception {
        try (RecordCodec other = new RecordCodec(KeyBundles.random())) {
            assertThat(refusal(read(body(ID, other.seal(ID, json(ID, "text"))))))
                    .isEqualTo(Reason.HMAC);
        }
    }

    /** The format binds a record to its id and to a key, not to its collection. */
    @Test
    void recordOfAnotherCollectionOpensWhereAllShareOneKey() throws Exception {
        try (RecordCodec other = new RecordCodec(keys)) {
            String json = json(ID, "text");

            assertThat(codec.open(read(body(ID, other.seal(ID, json)))).json()).isEqualTo(json);
        }
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.oneOf(
                Arbitraries.strings().all().ofMaxLength(50),
                Arbitraries.strings().withCharRange('\ud700', '\ue000').ofMaxLength(20),
                Arbitraries.strings().ascii().ofMinLength(200).ofMaxLength(5_000));
    }

    /** Upper-case digits are the same number. */
    private void assertRefused(byte[] body, boolean mayBeTheSameNumber) throws Exception {
        try {
            OpenedRecord opened = codec.open(read(body));
            assertThat(mayBeTheSameNumber).isTrue();
            assertThat(opened.json()).isEqualTo(json(ID, "text"));
        } catch (RecordRejectedException | IOException | SyncException e) {
            assertThat(e).hasNoCause();
        }
    }

    private Reason refusal(Bso bso) {
        return catchThrowableOfType(RecordRejectedException.class, () -> codec.open(bso))
                .reason();
    }

    private static Bso read(byte[] body) throws Exception {
        try (BsoReader reader = new BsoReader(new ByteArrayInputStream(body), true)) {
            assertThat(reader.hasNext()).isTrue();
            return reader.next();
        }
    }

    private static byte[] body(String id, SealedPayload payload) {
        AsciiBuffer body = new AsciiBuffer();
        BsoWriter.append(body, id, payload, OptionalInt.empty(), OptionalInt.empty());
        return body.toBytes();
    }

    private static String json(String id, String text) {
        StringBuilder json = new StringBuilder("{\"id\":\"" + id + "\",\"text\":\"");
        for (char c : text.toCharArray()) {
            json.append(c < ' ' || c == '"' || c == '\\' ? String.format("\\u%04x", (int) c) : String.valueOf(c));
        }
        return json.append("\"}").toString();
    }

    private static byte[] bytes(ByteBuffer part) {
        byte[] bytes = new byte[part.remaining()];
        part.get(bytes);
        return bytes;
    }
}
