// SPDX-License-Identifier: Apache-2.0
package io.heddle.manager.engines;

/** An engine's own code failed, or broke the rules of the SPI: that engine alone fails. */
public final class EngineFailure extends Exception {

    private static final long serialVersionUID = 1L;

    EngineFailure(String message) {
        super(message);
    }

    EngineFailure(String message, Throwable cause) {
        super(message, cause);
    }
}
