// SPDX-License-Identifier: Apache-2.0
package io.heddle.integration.hostile;

import java.util.concurrent.Callable;

/** One attempt, and what came of it in a few words. */
final class Attempt {

    private static final int SHOWN = 60;

    private Attempt() {}

    /** What the attempt gave back, or the name of what it threw. */
    static String of(Callable<?> attempt) {
        try {
            String result = String.valueOf(attempt.call());
            return result.length() <= SHOWN ? result : result.substring(0, SHOWN) + "…";
        } catch (Exception e) {
            String message = String.valueOf(e.getMessage());
            return e.getClass().getSimpleName() + (message.length() > 1_000 ? " with a huge message" : "");
        }
    }
}
