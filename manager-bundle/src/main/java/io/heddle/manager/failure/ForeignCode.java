// SPDX-License-Identifier: Apache-2.0
package io.heddle.manager.failure;

import java.util.Objects;
import java.util.concurrent.Callable;

/**
 * The one place where the code of an engine, a listener or another service is called: whatever it throws, an Error too,
 * becomes an {@link EngineFailure}.
 */
public final class ForeignCode {

    /** A call that gives nothing back. */
    @FunctionalInterface
    public interface Step {
        /**
         * Calls the code.
         *
         * @throws Exception whatever it throws
         */
        void run() throws Exception;
    }

    private ForeignCode() {}

    /**
     * Calls code that gives something back.
     *
     * @param <T> what it gives back
     * @param method what is called, for the message
     * @param code calls it
     * @return what it gave back
     * @throws EngineFailure when it threw, or gave back null
     */
    public static <T> T call(String method, Callable<T> code) throws EngineFailure {
        T result = callNullable(method, code);
        if (result == null) {
            throw new EngineFailure(method + " returned null");
        }
        return result;
    }

    /**
     * Calls code that gives nothing back.
     *
     * @param method what is called, for the message
     * @param code calls it
     * @throws EngineFailure when it threw
     */
    public static void run(String method, Step code) throws EngineFailure {
        callNullable(method, () -> {
            code.run();
            return null;
        });
    }

    private static <T> T callNullable(String method, Callable<T> code) throws EngineFailure {
        try {
            return code.call();
        } catch (Throwable thrown) {
            if (thrown instanceof InterruptedException) {
                Thread.currentThread().interrupt();
            }
            throw new EngineFailure(method + " threw " + describe(thrown), thrown);
        }
    }

    private static String describe(Throwable thrown) {
        String name = thrown.getClass().getSimpleName();
        String words = wordsOf(thrown);
        return words.isEmpty() ? name : name + ": " + words;
    }

    /**
     * What a foreign exception says of itself, which is foreign code too.
     *
     * @param thrown the exception
     * @return its message; empty when it has none, or fails to say it
     */
    public static String wordsOf(Throwable thrown) {
        try {
            return Objects.requireNonNullElse(thrown.getMessage(), "");
        } catch (Throwable alsoThrown) {
            return "";
        }
    }
}
