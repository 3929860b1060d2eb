// SPDX-License-Identifier: Apache-2.0
package io.heddle.server.wire;

import io.heddle.server.bso.Timestamp;
import java.util.Optional;

/** A request that the storage server turns down, with the status and the body code that the protocol gives it. */
public final class StorageRefusal extends Exception {
    private static final long serialVersionUID = 1;

    /** Body code: no special code. */
    public static final int UNKNOWN = 0;
    /** Body code: a method that the resource doesn't have. */
    public static final int ILLEGAL_METHOD = 1;
    /** Body code: a body that is no JSON. */
    public static final int JSON = 6;
    /** Body code: a BSO that can't be. */
    public static final int INVALID_BSO = 8;
    /** Body code: a collection's name that can't be. */
    public static final int INVALID_COLLECTION = 13;
    /** Body code: no room left. */
    public static final int OVER_QUOTA = 14;
    /** Body code: more than a limit allows. */
    public static final int SIZE_LIMIT = 17;

    private final int status;
    private final int code;
    private final transient Optional<Timestamp> lastModified;

    private StorageRefusal(int status, int code, String what, Optional<Timestamp> lastModified) {
        super(what);
        this.status = status;
        this.code = code;
        this.lastModified = lastModified;
    }

    /**
     * A refusal whose body is an error object.
     *
     * @param status the HTTP status
     * @param what why
     */
    public StorageRefusal(int status, String what) {
        this(status, UNKNOWN, what, Optional.empty());
    }

    /**
     * A 400.
     *
     * @param code the number that is the body
     * @param what why
     * @return the refusal
     */
    public static StorageRefusal badRequest(int code, String what) {
        return new StorageRefusal(400, code, what, Optional.empty());
    }

    /**
     * A 403 with the code {@link #OVER_QUOTA}.
     *
     * @return the refusal
     */
    public static StorageRefusal overQuota() {
        return new StorageRefusal(403, OVER_QUOTA, "over quota", Optional.empty());
    }

    /**
     * A 405.
     *
     * @return the refusal
     */
    public static StorageRefusal illegalMethod() {
        return new StorageRefusal(405, ILLEGAL_METHOD, "method not allowed here", Optional.empty());
    }

    /**
     * A 412.
     *
     * @param lastModified when the resource last changed
     * @return the refusal
     */
    static StorageRefusal modifiedSince(Timestamp lastModified) {
        return new StorageRefusal(412, UNKNOWN, "modified since", Optional.of(lastModified));
    }

    /**
     * A 304.
     *
     * @param lastModified when the resource last changed
     * @return the refusal
     */
    static StorageRefusal notModified(Timestamp lastModified) {
        return new StorageRefusal(304, UNKNOWN, "not modified", Optional.of(lastModified));
    }

    /**
     * The HTTP status.
     *
     * @return 304, or 400 to 599
     */
    public int status() {
        return status;
    }

    /**
     * The number that is the body of a 400, 403 or 405.
     *
     * @return a body code of the protocol
     */
    public int code() {
        return code;
    }

    /**
     * When the resource last changed.
     *
     * @return the time, for 304 and 412
     */
    public Optional<Timestamp> lastModified() {
        return lastModified;
    }
}
