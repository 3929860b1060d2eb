// SPDX-License-Identifier: Apache-2.0
package io.heddle.benchmarks.start;

import java.io.PrintStream;

/** A program that does nothing. */
public final class Hello {

    private Hello() {}

    /**
     * Says so.
     *
     * @param args are not looked at
     */
    public static void main(String[] args) {
        PrintStream out = System.out;
        out.println("started");
    }
}
