// SPDX-License-Identifier: Apache-2.0
package io.heddle.manager.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.heddle.engine.GlobalConfig;
import io.heddle.engine.KeyBundle;
import io.heddle.engine.ServerTimestamp;
import io.heddle.manager.crypto.RecordRejectedException.Reason;
import io.heddle.manager.wire.Bso;
import io.heddle.manager.wire.BsoWriter;
import io.heddle.manager.wire.SealedPayload;
import io.heddle.manager.wire.bulk.AsciiBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecordCodecTest {

    private final KeyBundle keys = KeyBundles.random();
    private final BsoCipher cipher = new BsoCipher(keys);
    private final RecordCodec codec = new RecordCodec(keys);

    @Test
    void recordOpensToItsTextUnchanged() throws Exception {
        String json = "{ \"name\":\"Zürich 😀\", \"id\":\"LbS4eC7XRGGca6lf\" }";

        OpenedRecord record = codec.open(bso("LbS4eC7XRGGca6lf", codec.seal("LbS4eC7XRGGca6lf", json)));

        assertThat(record).isEqualTo(new OpenedRecord(json, false)).hasToString("OpenedRecord");
    }

    @Test
    void tombstoneIsKnown() throws Exception {
        String json = "{\"id\":\"jI1or1aJTB+bkyV3\",\"deleted\":true}";

        OpenedRecord record = codec.open(bso("jI1or1aJTB+bkyV3", cipher.seal(json)));

        assertThat(record.deleted()).isTrue();
        assertThat(record).hasToString("OpenedRecord[tombstone]");
    }

    @Test
    void recordUnderAnotherIdIsRefused() {
        SealedPayload payload = cipher.seal("{\"id\":\"a\"}");

        assertThat(reasonOf(bso("b", payload))).isEqualTo(Reason.MALFORMED);
        assertThat(reasonOf(bso("A", payload))).isEqualTo(Reason.MALFORMED);
    }

    @Test
    void recordOfOtherKeysFailsItsHmac() {
        try (BsoCipher other = new BsoCipher(KeyBundles.random())) {
            assertThat(reasonOf(bso("a", other.seal("{\"id\":\"a\"}")))).isEqualTo(Reason.HMAC);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "[]", "\"a\"", "{}", "{\"id\":1}", "{\"id\":\"a\"", "{\"id\":\"a\"} x"})
    void cleartextThatIsNoObjectWithAnIdIsRefusedInBothDirections(String json) {
        assertThat(reasonOf(bso("a", cipher.seal(json)))).isEqualTo(Reason.MALFORMED);
        assertThat(catchThrowableOfType(RecordRejectedException.class, () -> codec.seal("a", json)))
                .extracting(RecordRejectedException::reason)
                .isEqualTo(Reason.MALFORMED);
    }

    /** Of every length, so with every padding, and each shorter than what stood in the same array before. */
    @Test
    void recordsOfAnyLengthOpenOneAfterTheOther() throws Exception {
        for (int length = 100; length >= 0; length--) {
            for (String letter : new String[] {"x", "ü", "😀"}) {
                String json = "{\"id\":\"a\",\"text\":\"" + letter.repeat(length) + "\"}" + " ".repeat(length % 3);

                assertThat(codec.open(bso("a", codec.seal("a", json)))).isEqualTo(new OpenedRecord(json, false));
            }
        }
    }

    @Test
    void byteThatIsNotUtf8IsRefusedWhereverItStands() {
        byte[][] broken = {
            {(byte) 0x80}, {(byte) 0xC3}, {(byte) 0xC0, (byte) 0xA2}, {(byte) 0xED, (byte) 0xA0, (byte) 0x80}
        };
        for (byte[] piece : broken) {
            for (int at = 0; at < 18; at++) {
                byte[] cleartext = ("{\"id\":\"a\",\"x\":\"" + "x".repeat(30) + "\"}").getBytes(StandardCharsets.UTF_8);
                System.arraycopy(piece, 0, cleartext, 15 + at, piece.length);

                assertThat(reasonOf(bso("a", cipher.seal(cleartext)))).isEqualTo(Reason.MALFORMED);
            }
        }
    }

    @Test
    void malformedBsoIsRefusedLikeABadRecord() {
        assertThat(reasonOf(bso("", ""))).isEqualTo(Reason.MALFORMED);
        assertThat(reasonOf(bso("a", ""))).isEqualTo(Reason.MALFORMED);
        assertThat(reasonOf(bso("", cipher.seal("{\"id\":\"\"}")))).isEqualTo(Reason.MALFORMED);
    }

    @ParameterizedTest
    @ValueSource(longs = {300, 301, 302, 303, 1_000, 4_097, 65_536, 262_144, 2_621_440})
    void cleartextOfTheAdvertisedSizeReallyFits(long limit) throws Exception {
        GlobalConfig payloadDecides = GlobalConfig.builder()
                .maxRecordPayloadBytes(limit)
                .maxPostBytes(limit)
                .maxRequestBytes(limit + 1_024)
                .build();
        String id = "\"\\".repeat(32);
        int room = Math.toIntExact(payloadDecides.maxCleartextBytes());
        for (int size = Math.max(0, room - 17); size <= room; size++) {
            SealedPayload payload = cipher.seal(new byte[size]);
            AsciiBuffer body = new AsciiBuffer();
            BsoWriter.append(body, id, payload, OptionalInt.of(-999_999_999), OptionalInt.of(999_999_999));

            assertThat(payload.length()).isLessThanOrEqualTo((int) limit);
            assertThat(body.length() + 2L).isLessThanOrEqualTo(payloadDecides.maxRequestBytes());
        }
    }

    @Test
    void advertisedSizeIsNotNeedlesslySmall() {
        GlobalConfig config = GlobalConfig.defaults();
        int room = Math.toIntExact(config.maxCleartextBytes());

        assertThat(cipher.seal(new byte[room + 256]).length()).isGreaterThan((int) config.maxRecordPayloadBytes());
    }

    @Test
    void newBundlesAndIdsAreRandomAndOfTheirForm() {
        assertThat(KeyBundles.random()).isNotEqualTo(KeyBundles.random());
        assertThat(KeyBundles.randomSyncId()).isNotEqualTo(KeyBundles.randomSyncId());
        assertThat(KeyBundles.randomSyncId().value()).matches("[A-Za-z0-9_-]{12}");
        byte[] syncKey = new byte[64];
        new Random(3).nextBytes(syncKey);
        KeyBundle bundle = KeyBundles.ofSyncKey(syncKey);
        assertThat(bundle.encryptionKey()).isEqualTo(Arrays.copyOf(syncKey, 32));
        assertThat(bundle.hmacKey()).isEqualTo(Arrays.copyOfRange(syncKey, 32, 64));
        assertThat(catchThrowableOfType(IllegalArgumentException.class, () -> KeyBundles.ofSyncKey(new byte[32])))
                .hasMessage("syncKey must have 64 bytes, found 32");
    }

    private Reason reasonOf(Bso bso) {
        return catchThrowableOfType(RecordRejectedException.class, () -> codec.open(bso))
                .reason();
    }

    private static Bso bso(String id, SealedPayload payload) {
        return bso(id, payload.text());
    }

    private static Bso bso(String id, String payload) {
        return new Bso(id, Optional.of(ServerTimestamp.ZERO), OptionalInt.empty(), payload);
    }
}
