// SPDX-License-Identifier: Apache-2.0
package io.heddle.integration.bench;

import java.util.Map;

/**
 * A device: one framework with a manager and engines in it. Each framework has one as a service.
 *
 * <p><b>Threading:</b> any thread.
 */
public interface Device {

    /**
     * Syncs all engines on behalf of a person.
     *
     * @return how it ended
     */
    Synced sync();

    /**
     * Waits until engines are registered with the manager.
     *
     * @param names the engines' names
     * @throws AssertionError when they are not there in time
     */
    void awaitEngines(String... names);

    /**
     * Asks the manager whether anything runs.
     *
     * @return whether no sync runs, and no run of an engine that was given up
     */
    boolean isIdle();

    /**
     * The user's side of an engine whose bundle was installed while the framework runs.
     *
     * @param engine the engine's name
     * @return the one that is registered now
     * @throws AssertionError when there is none in time
     */
    TodoDesk desk(String engine);

    /**
     * The account's devices as of the last sync.
     *
     * @return the application of each, by the device's name
     */
    Map<String, String> devices();

    /**
     * Calls a shell command as Gogo would, without Gogo.
     *
     * @param scope the command's scope
     * @param function its name
     * @param arguments its words
     * @return what it printed
     */
    String call(String scope, String function, String... arguments);
}
