// SPDX-License-Identifier: Apache-2.0
package io.heddle.integration.firefox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.AssumptionViolatedException;
import org.junit.rules.TestRule;
import org.junit.runner.Description;
import org.junit.runners.model.Statement;

/**
 * One row of the table of what was seen on both sides: the test's name is the case, and the test tells what it has seen. The
 * row is printed, and written to the file that the build names, whether the test succeeded or not.
 */
public final class MatrixRow implements TestRule {

    private static final String FILE = "heddle.it.firefoxMatrix";
    private static final List<String> ROWS = new ArrayList<>();

    private final Scene scene;
    private final List<String> inFirefox = new ArrayList<>();
    private final List<String> inHeddle = new ArrayList<>();

    MatrixRow(Scene scene) {
        this.scene = scene;
    }

    /** Tells what was seen in Firefox. */
    void inFirefox(String what) {
        inFirefox.add(what);
    }

    /** Tells what was seen in Heddle, or on the server where only Heddle wrote. */
    void inHeddle(String what) {
        inHeddle.add(what);
    }

    @Override
    public Statement apply(Statement test, Description description) {
        return new Statement() {
            @Override
            public void evaluate() throws Throwable {
                try {
                    test.evaluate();
                    add(description, "ok");
                } catch (AssumptionViolatedException e) {
                    add(description, "skipped");
                    throw e;
                } catch (Throwable e) {
                    add(description, "**failed**");
                    if (!(e instanceof FirefoxFailure)) {
                        e.addSuppressed(new FirefoxFailure("for comparison", scene.said()));
                    }
                    throw e;
                }
            }
        };
    }

    private void add(Description description, String result) throws IOException {
        String name = description.getMethodName();
        String words = name.replaceAll("(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", " ")
                .toLowerCase(Locale.ROOT);
        String row = "| "
                + String.join(
                        " | ",
                        words,
                        scene.version(),
                        String.join("; ", inFirefox),
                        String.join("; ", inHeddle),
                        result)
                + " |";
        System.out.println(row);
        synchronized (ROWS) {
            ROWS.add(row);
            Files.writeString(
                    Path.of(System.getProperty(FILE)),
                    "| case | Firefox | seen in Firefox | seen in Heddle | result |\n| --- | --- | --- | --- | --- |\n"
                            + String.join("\n", ROWS) + "\n");
        }
    }
}
