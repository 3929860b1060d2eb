// SPDX-License-Identifier: Apache-2.0
package io.heddle.manager.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.heddle.manager.failure.SyncException;
import io.heddle.manager.wire.bulk.RecordScanner;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.statistics.Statistics;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is scanned and what is parsed must be the same, of whatever input: the same records, the same end. */
class ScannersAndParserTest {

    private enum End {
        WHOLE,
        BROKEN_OFF,
        MALFORMED
    }

    private record Reading(List<Bso> records, End end) {}

    private final RecordScanner scanner = new RecordScanner();

    @Property(tries = 3_000, shrinking = ShrinkingMode.OFF)
    void listsAreReadAsTheParserReadsThem(@ForAll long seed, @ForAll boolean newlines) {
        OddJson json = new OddJson(seed);
        checkAlike(json.body(newlines).getBytes(UTF_8), newlines, json.chunk());
    }

    @Property(tries = 5_000, shrinking = ShrinkingMode.OFF)
    void damagedListsAreReadAsTheParserReadsThem(
            @ForAll long seed, @ForAll boolean newlines, @ForAll @IntRange(min = 1, max = 4) int damages) {
        OddJson json = new OddJson(seed);
        checkAlike(json.damaged(json.body(newlines).getBytes(UTF_8), damages), newlines, json.chunk());
    }

    @Property(tries = 5_000, shrinking = ShrinkingMode.OFF)
    void headsAreReadAsTheParserReadsThem(@ForAll long seed, @ForAll @IntRange(max = 3) int damages) {
        OddJson json = new OddJson(seed);
        byte[] record = json.damaged(json.record().getBytes(UTF_8), damages);
        String parsed = headOf(() -> RecordHead.parse(new String(record, UTF_8)));
        boolean scanned = scanner.scan(record, 0, record.length);
        Statistics.collect(scanned ? "scanned" : "parsed");

        if (scanned) {
            assertThat(scannedHead()).as(new String(record, UTF_8)).isEqualTo(parsed);
            assertThat(scanner.isAscii()).isEqualTo(isAscii(record));
        }
    }

    /** What is left of an earlier record, or of its padding, may stand behind a cleartext. */
    @Property(tries = 3_000, shrinking = ShrinkingMode.OFF)
    void whatStandsAroundACleartextChangesNothing(
            @ForAll long seed, @ForAll @IntRange(max = 2) int damages, @ForAll @IntRange(max = 17) int before) {
        OddJson json = new OddJson(seed);
        byte[] record = json.damaged(json.record().getBytes(UTF_8), damages);
        byte[] behind =
                seed % 2 == 0 ? " \n\"}]".getBytes(UTF_8) : json.record().getBytes(UTF_8);
        byte[] array = Arrays.copyOf(new byte[before], before + record.length + behind.length);
        System.arraycopy(record, 0, array, before, record.length);
        System.arraycopy(behind, 0, array, before + record.length, behind.length);
        boolean alone = scanner.scan(record, 0, record.length);
        String head = scannedHead();

        assertThat(scanner.scan(array, before, before + record.length))
                .as(new String(array, UTF_8))
                .isEqualTo(alone);
        assertThat(!alone || scannedHead().equals(head)).isTrue();
        assertThat(!alone || scanner.isAscii() == isAscii(record)).isTrue();
    }

    /** In the steps of eight bytes any place may be the first or the last of one. */
    @Test
    void anyByteAtAnyPlaceOfAStringIsReadAsTheParserReadsIt() {
        for (int length = 0; length < 20; length++) {
            for (int at = 0; at < length; at++) {
                for (int c = 0; c < 256; c++) {
                    byte[] record = ("{\"id\":\"a\",\"x\":\"" + "x".repeat(length) + "\"}").getBytes(UTF_8);
                    record[record.length - 2 - length + at] = (byte) c;
                    checkHead(record);
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\\n",
                "\\\"",
                "\\\\",
                "\\",
                "\\u",
                "\\u0",
                "\\u00f",
                "\\u00fg",
                "\\u00FC",
                "\\ud83d",
                "\\ude00\\ud83d",
                "\\ud83d\\ude00",
                "\\x",
                "\\'",
                "ü",
                "€",
                "😀",
                "\u2028",
                "\u007f",
                "\u0080",
                "\",",
                "\"x",
                "\" ",
                "\u0000"
            })
    void anyPieceAtAnyPlaceOfAStringIsReadAsTheParserReadsIt(String piece) {
        for (int before = 0; before < 18; before++) {
            for (int after = 0; after < 18; after++) {
                String text = "x".repeat(before) + piece + "y".repeat(after);
                checkHead(("{\"id\":\"a\",\"x\":\"" + text + "\"}").getBytes(UTF_8));
                checkHead(("{\"" + text + "\":0,\"id\":\"a\"}").getBytes(UTF_8));
                checkHead(("{\"id\":\"" + text + "\"}").getBytes(UTF_8));
                checkHead(("{\"id\":\"a\"}" + " ".repeat(before) + piece).getBytes(UTF_8));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-", ".", "e", "E+", "e-", ".5", ".5e", "e5", "-1", "+1", "a", ":", "/", "\u0660", "0"})
    void numbersOfAnyLengthAreReadAsTheParserReadsThem(String piece) {
        for (int digits = 0; digits < 20; digits++) {
            for (String first : new String[] {"", "1", "0", "-", "-0", "-9"}) {
                String number = first + "0123456789".repeat(2).substring(0, digits) + piece;
                checkHead(("{\"id\":\"a\",\"x\":" + number + "}").getBytes(UTF_8));
                checkHead(("{\"id\":\"a\",\"x\":[" + number + "1,2]}").getBytes(UTF_8));
            }
        }
    }

    @Test
    void anyDepthIsReadAsTheParserReadsIt() {
        for (int depth : new int[] {1, 2, 62, 63, 64, 65, 66, 100}) {
            for (int closed = depth - 1; closed <= depth + 1; closed++) {
                checkHead(("{\"id\":\"a\",\"x\":" + "[".repeat(depth) + "]".repeat(closed) + "}").getBytes(UTF_8));
                checkHead(("{\"id\":\"a\",\"x\":" + "{\"y\":".repeat(depth) + 1 + "}".repeat(closed) + "}")
                        .getBytes(UTF_8));
            }
        }
    }

    /** What is scanned, the parser accepts and reads alike; and what is usual is scanned. */
    private void checkHead(byte[] record) {
        String text = new String(record, UTF_8);
        String parsed = headOf(() -> RecordHead.parse(text));
        if (scanner.scan(record, 0, record.length)) {
            assertThat(scannedHead()).as(text).isEqualTo(parsed);
            assertThat(scanner.isAscii()).as(text).isEqualTo(isAscii(record));
        } else {
            assertThat(parsed.equals("malformed") || isUnusual(text)).as(text).isTrue();
        }
    }

    /** Control characters the parser takes now and then. */
    private static boolean isUnusual(String text) {
        String name = text.substring(1, Math.max(1, text.indexOf(':')));
        String id = text.replaceFirst("(?s).*\"id\":", "");
        return name.contains("\\")
                || !id.matches("\"[ -~\u007f&&[^\\\\\"]]*\".*")
                || text.chars().anyMatch(c -> c < ' ')
                || text.contains("[".repeat(64))
                || text.contains("{\"y\":".repeat(64));
    }

    private String scannedHead() {
        return new RecordHead(scanner.id(), scanner.isDeleted()).toString();
    }

    private static boolean isAscii(byte[] bytes) {
        for (byte next : bytes) {
            if (next < 0) {
                return false;
            }
        }
        return true;
    }

    private static void checkAlike(byte[] body, boolean newlines, int chunk) {
        Reading parsed = parse(new ByteArrayInputStream(body), newlines);
        Reading scanned = read(trickle(body, chunk), newlines);
        String text = new String(body, UTF_8);
        Statistics.collect(parsed.end());

        if (parsed.end() == End.BROKEN_OFF && !newlines && (text.contains("/") || !isList(text))) {
            // Where no list begins, or a slash is out of place, the parser may still hope for a longer word or a
            // comment.
            assertThat(scanned.records()).as(text).isEqualTo(parsed.records());
            assertThat(scanned.end()).as(text).isNotEqualTo(End.WHOLE);
        } else {
            assertThat(scanned).as(text).isEqualTo(parsed);
        }
    }

    private static boolean isList(String text) {
        return text.matches("(?s)[ \\n\\r\\t]*(\\[.*)?");
    }

    private static Reading read(InputStream in, boolean newlines) {
        List<Bso> records = new ArrayList<>();
        try (BsoReader reader = new BsoReader(in, newlines)) {
            while (reader.hasNext()) {
                records.add(reader.next());
            }
            return new Reading(records, End.WHOLE);
        } catch (EOFException e) {
            return new Reading(records, End.BROKEN_OFF);
        } catch (SyncException.Malformed e) {
            return new Reading(records, End.MALFORMED);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static Reading parse(InputStream in, boolean newlines) {
        List<Bso> records = new ArrayList<>();
        ParsingBsoReader reader = new ParsingBsoReader(in, newlines);
        try {
            for (Bso bso = reader.read(); bso != null; bso = reader.read()) {
                records.add(bso);
            }
            return new Reading(records, End.WHOLE);
        } catch (EOFException e) {
            return new Reading(records, End.BROKEN_OFF);
        } catch (SyncException.Malformed e) {
            return new Reading(records, End.MALFORMED);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private interface Head {
        RecordHead read() throws SyncException.Malformed;
    }

    private static String headOf(Head head) {
        try {
            return head.read().toString();
        } catch (SyncException.Malformed e) {
            return "malformed";
        }
    }

    private static InputStream trickle(byte[] body, int chunk) {
        return new ByteArrayInputStream(body) {
            @Override
            public synchronized int read(byte[] buffer, int offset, int length) {
                return super.read(buffer, offset, Math.min(length, chunk));
            }
        };
    }
}
