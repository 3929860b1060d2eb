// SPDX-License-Identifier: Apache-2.0
package io.heddle.server.storage;

import io.heddle.server.bso.Timestamp;
import java.util.Optional;

/** A request that the storage server turns down, with the status and the body code that the protocol gives it. */
final class StorageRefusal extends Exception {
    private static final long serialVersionUID = 1;

    static final int UNKNOWN = 0;
    static final int ILLEGAL_METHOD = 1;
    static final int JSON = 6;
    static final int INVALID_BSO = 8;
    static final int INVALID_COLLECTION = 13;
    static final int OVER_QUOTA = 14;
    static final int SIZE_LIMIT = 17;

    private final int status;
    private final int code;
    private final transient Optional<Timestamp> lastModified;

    private StorageRefusal(int status, int code, String what, Optional<Timestamp> lastModified) {
        super(what);
        this.status = status;
        this.code = code;
        this.lastModified = lastModified;
    }

    StorageRefusal(int status, String what) {
        this(status, UNKNOWN, what, Optional.empty());
    }

    static StorageRefusal badRequest(int code, String what) {
        return new StorageRefusal(400, code, what, Optional.empty());
    }

    static StorageRefusal overQuota() {
        return new StorageRefusal(403, OVER_QUOTA, "over quota", Optional.empty());
    }

    static StorageRefusal illegalMethod() {
        return new StorageRefusal(405, ILLEGAL_METHOD, "method not allowed here", Optional.empty());
    }

    static StorageRefusal modifiedSince(Timestamp lastModified) {
        return new StorageRefusal(412, UNKNOWN, "modified since", Optional.of(lastModified));
    }

    static StorageRefusal notModified(Timestamp lastModified) {
        return new StorageRefusal(304, UNKNOWN, "not modified", Optional.of(lastModified));
    }

    int status() {
        return status;
    }

    /** The number that is the body of a 400 or 403. */
    int code() {
        return code;
    }

    /** For 304 and 412: when the resource last changed. */
    Optional<Timestamp> lastModified() {
        return lastModified;
    }
}
