// SPDX-License-Identifier: Apache-2.0
package io.heddle.manager.wire;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Makes JSON of the usual form and of every other one, and damages it. */
final class OddJson {

    private static final String[] IDS = {
        "\"LbS4eC7XRGGca6lf\"",
        "\"a\"",
        "\"~ !\"",
        "\"\"",
        "\"\\u0061\"",
        "\"a\\\"b\"",
        "\"ü\"",
        "\"\\ud83d\"",
        "\"" + "i".repeat(64) + "\"",
        "\"" + "i".repeat(65) + "\"",
        "\"\u007f\"",
        "7",
        "null"
    };
    private static final String[] NUMBERS = {
        "1795398488.94",
        "1795398488.9",
        "1795398488",
        "0",
        "0.5",
        "1795398488.943",
        "1.79539848894e9",
        "-1",
        "01",
        "1.",
        ".5",
        "-0",
        "100",
        "-5",
        "999999999",
        "1000000000",
        "2147483648",
        "123456789012",
        "1234567890123",
        "99999999999999999999",
        "\"1.5\"",
        "\"\"",
        "null",
        "true",
        "[]",
        "+1",
        "1e2"
    };
    private static final String[] PARTS = {
        "QUJD",
        "GX8L37AAb2FZJMzIoXlX8w==",
        "b1e6",
        "",
        "+/=",
        "a b",
        "\\/",
        "ü",
        "\\u0041",
        "\u007f",
        "\\\\",
        "\t",
        "é😀"
    };
    private static final String[] VALUES = {
        "0",
        "-0.5e+10",
        "1E2",
        "true",
        "false",
        "null",
        "\"text\"",
        "\"\\n\\u00fc\\ud83d\\\"\\\\\"",
        "\"ü😀\"",
        "{}",
        "[]",
        "{\"id\":\"inner\",\"deleted\":true}",
        "[1,[2,{\"a\":[]}]]",
        "\"\ud83d\"",
        "{\"a\":{\"b\":{\"c\":[[[]]]}}}"
    };
    private static final String ALPHABET = "{}[]\",:\\ \n\r\t0123456789.-+eEutrfalsnide/'";

    private final Random random;

    OddJson(long seed) {
        random = new Random(seed);
    }

    /** A list of BSOs. */
    String body(boolean newlines) {
        int count = random.nextInt(5);
        List<String> bsos = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            bsos.add(rarely() ? one(VALUES) : bso());
        }
        String end = newlines ? one("\n", "\n", "\r\n", "\n\n", "\r") : spaced(",");
        return newlines
                ? String.join(end, bsos) + (random.nextBoolean() ? end : "")
                : spaced("[") + String.join(end, bsos) + spaced("]");
    }

    /** A BSO, as a rule one that is as it should be. */
    String bso() {
        List<String> fields = new ArrayList<>();
        addField(fields, "id", one(IDS), IDS[0]);
        addField(fields, "modified", one(NUMBERS), NUMBERS[0]);
        addField(fields, "payload", rarely() ? one(VALUES) : string(payload()), string(payload()));
        addField(fields, "sortindex", one(NUMBERS), "100");
        if (rarely()) {
            fields.add(
                    spaced(one("\"ttl\"", "\"\\u0069d\"", "\"id\"", "\"Payload\"", "\"payload\"") + ":" + one(VALUES)));
        }
        Collections.shuffle(fields, random);
        return "{" + String.join(",", fields) + "}";
    }

    /** A cleartext with the text that was asked for as its id, most of the time. */
    String record() {
        List<String> fields = new ArrayList<>();
        addField(fields, "id", one(IDS), IDS[0]);
        if (random.nextBoolean()) {
            addField(fields, "deleted", one(VALUES), "true");
        }
        for (int i = random.nextInt(4); i > 0; i--) {
            fields.add(spaced(one("\"x\"", "\"ü\"", "\"\"", "\"i\\u0064\"", "\"deleted\"") + ":" + one(VALUES)));
        }
        Collections.shuffle(fields, random);
        return spaced("{") + String.join(",", fields) + spaced("}");
    }

    /** The same with so many bytes changed; it may be no JSON any more, or be cut. */
    byte[] damaged(byte[] text, int times) {
        byte[] damaged = text;
        for (int i = 0; i < times && damaged.length > 0; i++) {
            int at = random.nextInt(damaged.length);
            byte other = (byte)
                    (random.nextInt(10) == 0 ? random.nextInt() : ALPHABET.charAt(random.nextInt(ALPHABET.length())));
            damaged = switch (random.nextInt(8)) {
                case 0, 1 -> joined(damaged, at, new byte[0], at + 1);
                case 2, 3 -> joined(damaged, at, new byte[] {other}, at);
                case 4 -> joined(damaged, at, new byte[0], damaged.length);
                default -> joined(damaged, at, new byte[] {other}, at + 1);
            };
        }
        return damaged;
    }

    int chunk() {
        return rarely() ? 1 : 1 + random.nextInt(200);
    }

    private String payload() {
        List<String> parts = new ArrayList<>();
        addField(parts, "ciphertext", string(one(PARTS)), "\"QUJD\"");
        addField(parts, "IV", string(one(PARTS)), "\"GX8L37AAb2FZJMzIoXlX8w==\"");
        addField(parts, "hmac", string(one(PARTS)), "\"b1e6\"");
        if (rarely()) {
            parts.add("\"more\":" + one(VALUES));
        }
        Collections.shuffle(parts, random);
        return rarely() ? one(PARTS) : "{" + String.join(",", parts) + "}";
    }

    private void addField(List<String> fields, String name, String odd, String usual) {
        if (!rarely()) {
            fields.add(spaced("\"" + name + "\":" + (rarely() ? odd : usual)));
        }
    }

    /** The text as a JSON string, now and then with other escapes than are needed. */
    private String string(String text) {
        String escaped = text.replace("\\", "\\\\").replace("\"", rarely() ? "\\u0022" : "\\\"");
        return '"' + (rarely() ? escaped.replace("/", "\\/") : escaped) + '"';
    }

    private String spaced(String text) {
        return rarely() ? " " + text.replace(":", " : ") + one(" ", "\t", "  ") : text;
    }

    private String one(String... texts) {
        return texts[random.nextInt(texts.length)];
    }

    private boolean rarely() {
        return random.nextInt(8) == 0;
    }

    private static byte[] joined(byte[] text, int before, byte[] middle, int after) {
        byte[] joined = new byte[before + middle.length + text.length - after];
        System.arraycopy(text, 0, joined, 0, before);
        System.arraycopy(middle, 0, joined, before, middle.length);
        System.arraycopy(text, after, joined, before + middle.length, text.length - after);
        return joined;
    }
}
