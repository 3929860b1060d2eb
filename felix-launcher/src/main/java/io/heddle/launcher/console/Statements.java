// SPDX-License-Identifier: Apache-2.0
package io.heddle.launcher.console;

import java.util.ArrayList;
import java.util.List;

/**
 * Splits commands at semicolons and ends of lines that are not within quotes or brackets. Gogo could run them at once, but
 * would show what the last one returns only.
 */
final class Statements {

    private Statements() {}

    /**
     * Splits commands.
     *
     * @param commands as typed
     * @return the commands that are not blank, in order
     */
    static List<String> split(String commands) {
        List<String> statements = new ArrayList<>();
        StringBuilder statement = new StringBuilder();
        char quote = 0;
        int depth = 0;
        for (int i = 0; i < commands.length(); i++) {
            char c = commands.charAt(i);
            boolean escaped = c == '\\' && quote != '\'' && i + 1 < commands.length();
            if (escaped) {
                statement.append(c).append(commands.charAt(++i));
                continue;
            }
            if (quote != 0) {
                quote = c == quote ? 0 : quote;
            } else if (c == '\'' || c == '"') {
                quote = c;
            } else if ("([{".indexOf(c) >= 0) {
                depth++;
            } else if (")]}".indexOf(c) >= 0) {
                depth--;
            } else if (depth == 0 && (c == ';' || c == '\n')) {
                add(statements, statement);
                continue;
            }
            statement.append(c);
        }
        add(statements, statement);
        return statements;
    }

    private static void add(List<String> statements, StringBuilder statement) {
        if (!statement.toString().isBlank()) {
            statements.add(statement.toString().strip());
        }
        statement.setLength(0);
    }
}
