// SPDX-License-Identifier: Apache-2.0
package io.heddle.manager.text;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Rows of text with aligned columns: numbers to the right, all else to the left. A column that is empty in all rows is left
 * out, its heading too.
 */
final class Table {

    private static final String GAP = "  ";

    private final List<List<String>> rows = new ArrayList<>();

    Table(String... headings) {
        rows.add(List.of(headings));
    }

    /**
     * Adds a row.
     *
     * @param cells one for each heading; control characters, which could steer a terminal, become question marks
     * @return this
     */
    Table row(String... cells) {
        if (cells.length != rows.get(0).size()) {
            throw new IllegalArgumentException(
                    "a row has " + rows.get(0).size() + " cells here, found " + cells.length);
        }
        rows.add(IntStream.range(0, cells.length)
                .mapToObj(i -> printable(cells[i]))
                .toList());
        return this;
    }

    /** {@return the lines, the headings first, without spaces at their ends} */
    List<String> lines() {
        int[] columns =
                IntStream.range(0, rows.get(0).size()).filter(this::isFilled).toArray();
        return rows.stream().map(row -> line(row, columns)).toList();
    }

    static String printable(String text) {
        return text.replaceAll("\\p{Cntrl}", "?");
    }

    private String line(List<String> row, int[] columns) {
        StringBuilder line = new StringBuilder();
        for (int column : columns) {
            String cell = row.get(column);
            String padding = " ".repeat(width(column) - length(cell));
            line.append(isNumeric(column) ? padding + cell : cell + padding).append(GAP);
        }
        return line.toString().stripTrailing();
    }

    private int width(int column) {
        return rows.stream().mapToInt(row -> length(row.get(column))).max().orElse(0);
    }

    private boolean isFilled(int column) {
        return body().stream().anyMatch(row -> !row.get(column).isEmpty());
    }

    private boolean isNumeric(int column) {
        return body().stream().allMatch(row -> row.get(column).matches("[0-9]*"));
    }

    private List<List<String>> body() {
        return rows.subList(1, rows.size());
    }

    private static int length(String text) {
        return text.codePointCount(0, text.length());
    }
}
