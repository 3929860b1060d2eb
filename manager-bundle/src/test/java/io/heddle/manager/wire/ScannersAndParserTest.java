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
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.statistics.Statistics;

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
        Statistics.collect(scanner.scan(record) ? "scanned" : "parsed");

        assertThat(headOf(() -> RecordHead.scan(record, scanner)))
                .as(new String(record, UTF_8))
                .isEqualTo(parsed);
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
