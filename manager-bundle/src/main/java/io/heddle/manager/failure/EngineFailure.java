// SPDX-License-Identifier: Apache-2.0
package io.heddle.manager.failure;

/**
 * Code that is not the manager's failed, or broke the rules of its interface. For an engine: it alone fails. For what the
 * manager relies on, whoever called it says what that means.
 */
public final class EngineFailure extends Exception {

    private static final long serialVersionUID = 1L;

    /**
     * A broken rule.
     *
     * @param message what was expected and found
     */
    public EngineFailure(String message) {
        super(message);
    }

    /**
     * What was thrown.
     *
     * @param message which method threw what
     * @param cause what it threw
     */
    public EngineFailure(String message, Throwable cause) {
        super(message, cause);
    }
}
