// SPDX-License-Identifier: Apache-2.0
package io.heddle.integration.firefox;

/** Something that Firefox did not do. The message ends with what it said last. */
final class FirefoxFailure extends AssertionError {

    private static final long serialVersionUID = 1;

    FirefoxFailure(String what, String said, Throwable cause) {
        super(what + "\n---- what Firefox said last ----\n" + said + "\n----", cause);
    }

    FirefoxFailure(String what, String said) {
        this(what, said, null);
    }
}
