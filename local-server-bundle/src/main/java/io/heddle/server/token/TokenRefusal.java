// SPDX-License-Identifier: Apache-2.0
package io.heddle.server.token;

/** A request for a token that the token server turns down, as the protocol says it. */
public final class TokenRefusal extends Exception {
    private static final long serialVersionUID = 1;

    private final int httpStatus;
    private final String status;
    private final String location;

    TokenRefusal(int httpStatus, String status, String location, String description) {
        super(description);
        this.httpStatus = httpStatus;
        this.status = status;
        this.location = location;
    }

    static TokenRefusal unauthorized(String status, String location, String description) {
        return new TokenRefusal(401, status, location, description);
    }

    /**
     * The answer's HTTP status.
     *
     * @return 400 to 599
     */
    public int httpStatus() {
        return httpStatus;
    }

    /**
     * The protocol's word.
     *
     * @return for example {@code invalid-credentials}
     */
    public String status() {
        return status;
    }

    /**
     * The part of the request that was wrong.
     *
     * @return {@code header}, {@code url} or {@code body}
     */
    public String location() {
        return location;
    }
}
