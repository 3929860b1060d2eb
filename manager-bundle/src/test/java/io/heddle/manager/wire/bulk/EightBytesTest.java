// SPDX-License-Identifier: Apache-2.0
package io.heddle.manager.wire.bulk;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import java.util.function.IntPredicate;
import org.junit.jupiter.api.Test;

/** Eight bytes at a time, and one at a time: the same end. */
class EightBytesTest {

    private interface Run {
        int end(byte[] text, int from, int to);
    }

    private static final IntPredicate PLAIN = c -> c >= ' ' && c < 0x80 && c != '"' && c != '\\';
    private static final IntPredicate UNESCAPED = c -> c >= ' ' && c != '"' && c != '\\';
    private static final IntPredicate DIGIT = c -> c >= '0' && c <= '9';

    @Test
    void anyByteAtAnyPlaceEndsARunOrDoesNot() {
        for (int at = 0; at < 42; at++) {
            for (int c = 0; c < 256; c++) {
                byte[] text = new byte[42];
                Arrays.fill(text, (byte) '7');
                text[at] = (byte) c;
                checkFromEverywhere(text, Math.max(0, at - 18), at);
            }
        }
    }

    /** What stands behind the end may be anything, but not decide. */
    @Test
    void anyTwoBytesSideBySideEndARunWhereTheFirstDoes() {
        for (int first = 0; first < 256; first++) {
            for (int second = 0; second < 256; second++) {
                byte[] text = new byte[17];
                Arrays.fill(text, (byte) '7');
                text[10] = (byte) first;
                text[11] = (byte) second;
                check(text, 8, text.length);
                check(text, 3, text.length);
                check(text, 3, 11);
            }
        }
    }

    @Test
    void anyBytesEndARunWhereOneAtATimeDoes() {
        Random random = new Random(8);
        for (int round = 0; round < 100_000; round++) {
            byte[] text = new byte[random.nextInt(80)];
            random.nextBytes(text);
            for (int i = 0; i < text.length; i++) {
                text[i] = random.nextInt(20) == 0 ? text[i] : (byte) ('0' + random.nextInt(10));
            }
            int from = random.nextInt(text.length + 1);
            check(text, from, from + random.nextInt(text.length - from + 1));
        }
    }

    private static void checkFromEverywhere(byte[] text, int first, int last) {
        for (int from = first; from <= last; from++) {
            check(text, from, text.length);
            check(text, from, last);
        }
    }

    private static void check(byte[] text, int from, int to) {
        check(EightBytes::plainEnd, PLAIN, text, from, to);
        check(EightBytes::unescapedEnd, UNESCAPED, text, from, to);
        check(EightBytes::digitsEnd, DIGIT, text, from, to);
    }

    private static void check(Run run, IntPredicate belongs, byte[] text, int from, int to) {
        int expected = from;
        while (expected < to && belongs.test(text[expected] & 0xFF)) {
            expected++;
        }
        int end = run.end(text, from, to);
        if (end != expected) {
            assertThat(end)
                    .as("%s from %d to %d", Arrays.toString(text), from, to)
                    .isEqualTo(expected);
        }
    }
}
