// SPDX-License-Identifier: Apache-2.0
package io.heddle.manager.wire;

import java.util.Random;

/** Random texts for tests. */
public final class Texts {

    private static final String[] AWKWARD = {
        "\"",
        "\\",
        "/",
        "\u0000",
        "\n",
        "\r",
        "\t",
        "\u007f",
        "\u2028",
        "\ufeff",
        "\ufffd",
        "é",
        "漢",
        "😀",
        "\ud800",
        "\udc00",
        "\uffff",
        "</script>",
        "\\u0041"
    };

    private Texts() {}

    /**
     * Any UTF-16, half pairs included.
     *
     * @param random where it comes from
     * @param parts how many characters or awkward pieces
     * @return the text
     */
    public static String anyText(Random random, int parts) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < parts; i++) {
            switch (random.nextInt(4)) {
                case 0 -> text.append(AWKWARD[random.nextInt(AWKWARD.length)]);
                case 1 -> text.append((char) random.nextInt(0x10000));
                case 2 -> text.appendCodePoint(0x10000 + random.nextInt(0x100000));
                default -> text.append((char) (' ' + random.nextInt(95)));
            }
        }
        return text.toString();
    }
}
