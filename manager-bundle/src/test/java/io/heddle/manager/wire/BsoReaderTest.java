// SPDX-License-Identifier: Apache-2.0
package io.heddle.manager.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heddle.engine.ServerTimestamp;
import io.heddle.manager.failure.SyncException;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BsoReaderTest {

    private static final String FIRST =
            "{\"id\":\"a\",\"modified\":1795398488.94,\"sortindex\":-5,\"payload\":\"{\\\"x\\\":\\\"ü€😀\\\"}\"}";
    private static final String SECOND = "{\"payload\":\"p2\",\"id\":\"b c\",\"modified\":\"1.5\",\"extra\":[{}]}";
    private static final List<Bso> BOTH = List.of(
            new Bso("a", Optional.of(ServerTimestamp.parse("1795398488.94")), OptionalInt.of(-5), "{\"x\":\"ü€😀\"}"),
            new Bso("b c", Optional.of(ServerTimestamp.parse("1.5")), OptionalInt.empty(), "p2"));

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 10_000})
    void bothFormsGiveTheSameRecordsHoweverTheBytesArrive(int chunk) throws Exception {
        assertThat(readAll(trickle("[" + FIRST + "," + SECOND + "]", chunk), false))
                .isEqualTo(BOTH);
        assertThat(readAll(trickle(" [ " + FIRST + " ,\n" + SECOND + " ] \n", chunk), false))
                .isEqualTo(BOTH);
        assertThat(readAll(trickle(FIRST + "\n" + SECOND + "\n", chunk), true)).isEqualTo(BOTH);
        assertThat(readAll(trickle(FIRST + "\r\n\n" + SECOND, chunk), true)).isEqualTo(BOTH);
    }

    @Test
    void emptyCollectionHasNoRecords() throws Exception {
        assertThat(readAll(stream("[]"), false)).isEmpty();
        assertThat(readAll(stream(""), true)).isEmpty();
        assertThat(readAll(stream("\n"), true)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "7",
                "\"an id only\"",
                "null",
                "[]",
                "{}",
                "{\"id\":\"x\"}",
                "{\"id\":\"x\",\"payload\":null}",
                "{\"id\":\"x\",\"payload\":{}}",
                "{\"id\":7,\"payload\":\"p\"}",
                "{\"payload\":\"p\"}",
                "{\"id\":\"\",\"payload\":\"p\"}",
                "{\"id\":\"\\ud83d\",\"payload\":\"p\"}",
                "{\"id\":\"\\u0007\",\"payload\":\"p\"}",
                "{\"id\":\"x\",\"payload\":\"p\",\"modified\":-1}",
                "{\"id\":\"x\",\"payload\":\"p\",\"modified\":[]}"
            })
    void elementThatIsNoBsoDoesNotEndTheReading(String element) throws Exception {
        List<Bso> array = readAll(stream("[" + FIRST + "," + element + "," + SECOND + "]"), false);
        List<Bso> lines = readAll(stream(FIRST + "\n" + element + "\n" + SECOND), true);

        assertThat(array).isEqualTo(lines).hasSize(3);
        assertThat(array.get(1).isMalformed()).isTrue();
        assertThat(List.of(array.get(0), array.get(2))).isEqualTo(BOTH);
        assertThat(BOTH).noneMatch(Bso::isMalformed);
    }

    @Test
    void malformedRecordKeepsItsIdForTheReport() throws Exception {
        assertThat(readAll(stream("[{\"id\":\"x\",\"payload\":7}]"), false))
                .extracting(Bso::id)
                .containsExactly("x");
    }

    @Test
    void weightOutOfRangeIsNone() throws Exception {
        assertThat(readAll(stream("[{\"id\":\"x\",\"payload\":\"p\",\"sortindex\":1e30}]"), false))
                .containsExactly(new Bso("x", Optional.empty(), OptionalInt.empty(), "p"));
    }

    @Test
    void bodyThatBreaksOffIsNeverTakenForAWholeOne() {
        byte[] whole = ("[" + FIRST + "," + SECOND + "]").getBytes(UTF_8);
        for (int length = 0; length < whole.length; length++) {
            InputStream cut = new ByteArrayInputStream(whole, 0, length);
            assertThatThrownBy(() -> readAll(cut, false))
                    .as("cut after %d bytes", length)
                    .isInstanceOf(EOFException.class)
                    .hasMessageStartingWith("the list of a collection: ends inside record ");
        }
    }

    @Test
    void lineThatBreaksOffIsNeverTakenForAWholeOne() {
        byte[] line = FIRST.getBytes(UTF_8);
        for (int length = 1; length < line.length; length++) {
            InputStream cut = new ByteArrayInputStream(line, 0, length);
            assertThatThrownBy(() -> readAll(cut, true))
                    .as("cut after %d bytes", length)
                    .isInstanceOf(EOFException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{}", "7", "[{}] []", "[{\"id\":secret}]", "[{\"id\" \"secret\"}]", "[{},]", "<html>", "[{}}"})
    void bodyThatIsNoListIsMalformedAndNotShown(String body) {
        assertThatThrownBy(() -> readAll(stream(body), false))
                .isInstanceOf(SyncException.Malformed.class)
                .hasMessageContaining("record ")
                .hasMessageNotContaining("secret");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{} {}\n", "{\"id\":\n", "secret\n", "[{}]]\n"})
    void lineThatIsNoJsonIsMalformed(String body) {
        assertThatThrownBy(() -> readAll(stream(body + FIRST + "\n"), true))
                .isInstanceOf(SyncException.Malformed.class)
                .hasMessageContaining("record 1")
                .hasMessageNotContaining("secret");
    }

    @Test
    void brokenConnectionStaysAnIoException() {
        InputStream broken = new InputStream() {
            private int sent;

            @Override
            public int read() throws IOException {
                if (sent == SECOND.length()) {
                    throw new IOException("connection reset");
                }
                return ("[" + SECOND).charAt(sent++);
            }
        };

        assertThatThrownBy(() -> readAll(broken, false)).isExactlyInstanceOf(IOException.class);
    }

    @Test
    void recordOverTheBoundIsRefused() {
        String huge = "{\"id\":\"x\",\"payload\":\"" + "p".repeat(100_000) + "\"}";

        for (boolean newlines : new boolean[] {false, true}) {
            try (BsoReader reader = new BsoReader(stream(newlines ? huge : "[" + huge + "]"), newlines, 50_000)) {
                assertThatThrownBy(reader::hasNext)
                        .isInstanceOf(SyncException.Malformed.class)
                        .hasMessageContaining("too long");
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }
    }

    @Test
    void manyRecordsUnderTheBoundAreTogetherFarOverIt() throws Exception {
        String record = "{\"id\":\"x\",\"payload\":\"" + "p".repeat(10_000) + "\"}";
        String body = String.join("\n", Collections.nCopies(50, record));

        try (BsoReader reader = new BsoReader(stream(body), true, 50_000)) {
            assertThat(drain(reader)).hasSize(50);
        }
        try (BsoReader reader = new BsoReader(stream("[" + body.replace("\n", ",") + "]"), false, 50_000)) {
            assertThat(drain(reader)).hasSize(50);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1_000, 40_000, 3_000_000})
    void recordOfAnySizeIsReadHoweverItsBytesArrive(int size) throws Exception {
        String text = "A".repeat(size);
        String sealed = "{\"ciphertext\":\"" + text + "\",\"IV\":\"I\",\"hmac\":\"H\"}";
        String bso = "{\"id\":\"x\",\"payload\":\"" + sealed.replace("\"", "\\\"") + "\"}";
        for (String other : List.of(FIRST, bso)) {
            List<Bso> lines = readAll(trickle(other + "\n" + bso + "\n" + other + "\n", 1_400), true);
            List<Bso> array = readAll(trickle("[" + other + "," + bso + "," + other + "]", 1_400), false);

            assertThat(lines).isEqualTo(array).hasSize(3);
            assertThat(lines.get(1).payload()).isEqualTo(sealed);
            assertThat(lines.get(2)).isEqualTo(lines.get(0));
        }
    }

    @Test
    void recordIsThereBeforeTheBytesAfterIt() throws Exception {
        for (boolean newlines : new boolean[] {false, true}) {
            byte[] beginning = (newlines ? FIRST + "\n" : "[" + FIRST).getBytes(UTF_8);
            InputStream stalled = new InputStream() {
                private int sent;

                @Override
                public int read() {
                    if (sent == beginning.length) {
                        throw new AssertionError("asked for more than the record needs");
                    }
                    return beginning[sent++] & 0xFF;
                }

                @Override
                public int read(byte[] buffer, int offset, int length) {
                    buffer[offset] = (byte) read();
                    return 1;
                }
            };
            try (BsoReader reader = new BsoReader(stalled, newlines)) {
                assertThat(reader.hasNext()).isTrue();
                assertThat(reader.next()).isEqualTo(BOTH.get(0));
            }
        }
    }

    @Test
    void recordsComeAsTheyArriveFromABodyWithoutEnd() throws Exception {
        byte[] record = (FIRST + ",").getBytes(UTF_8);
        InputStream endless = new InputStream() {
            private long position = -1;

            @Override
            public int read() {
                position++;
                return position == 0 ? '[' : record[(int) ((position - 1) % record.length)] & 0xFF;
            }

            @Override
            public int read(byte[] buffer, int offset, int length) {
                buffer[offset] = (byte) read();
                return 1;
            }
        };

        try (BsoReader reader = new BsoReader(endless, false)) {
            for (int i = 0; i < 1_000; i++) {
                assertThat(reader.hasNext()).isTrue();
                assertThat(reader.hasNext()).isTrue();
                assertThat(reader.next()).isEqualTo(BOTH.get(0));
            }
        }
    }

    @Test
    void nextWithoutARecordIsRefused() throws Exception {
        try (BsoReader reader = new BsoReader(stream("[]"), false)) {
            assertThatThrownBy(reader::next).isInstanceOf(NoSuchElementException.class);
            assertThat(reader.hasNext()).isFalse();
            assertThat(reader.hasNext()).isFalse();
            assertThatThrownBy(reader::next).isInstanceOf(NoSuchElementException.class);
        }
    }

    @Test
    void closingClosesTheBody() throws Exception {
        boolean[] closed = {false};
        InputStream in = new ByteArrayInputStream("[]".getBytes(UTF_8)) {
            @Override
            public void close() {
                closed[0] = true;
            }
        };
        new BsoReader(in, false).close();

        assertThat(closed).containsExactly(true);
    }

    private static List<Bso> readAll(InputStream in, boolean newlines) throws Exception {
        try (BsoReader reader = new BsoReader(in, newlines)) {
            return drain(reader);
        }
    }

    private static List<Bso> drain(BsoReader reader) throws Exception {
        List<Bso> records = new ArrayList<>();
        while (reader.hasNext()) {
            records.add(reader.next());
        }
        return records;
    }

    private static InputStream stream(String text) {
        return new ByteArrayInputStream(text.getBytes(UTF_8));
    }

    private static InputStream trickle(String text, int chunk) {
        return new ByteArrayInputStream(text.getBytes(UTF_8)) {
            @Override
            public synchronized int read(byte[] buffer, int offset, int length) {
                return super.read(buffer, offset, Math.min(length, chunk));
            }
        };
    }
}
