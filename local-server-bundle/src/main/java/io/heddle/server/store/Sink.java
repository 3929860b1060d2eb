// SPDX-License-Identifier: Apache-2.0
package io.heddle.server.store;

/**
 * Takes values one by one.
 *
 * @param <T> the value
 * @param <E> what it throws
 */
@FunctionalInterface
public interface Sink<T, E extends Exception> {

    /**
     * Takes the next one.
     *
     * @param value the value
     * @throws E to stop
     */
    void accept(T value) throws E;
}
