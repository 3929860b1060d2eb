// SPDX-License-Identifier: Apache-2.0
package io.heddle.server.wire;

import io.heddle.server.bso.Timestamp;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;

/**
 * A request's conditions.
 *
 * @param ifModifiedSince answer 304 unless the resource changed after this
 * @param ifUnmodifiedSince answer 412 if the resource changed after this; 0 for "only if it isn't there"
 */
public record Conditions(Optional<Timestamp> ifModifiedSince, Optional<Timestamp> ifUnmodifiedSince) {

    /**
     * Reads the headers.
     *
     * @param request the request
     * @return its conditions
     * @throws StorageRefusal 400 when one is malformed, or both are there
     */
    public static Conditions of(HttpServletRequest request) throws StorageRefusal {
        Optional<Timestamp> modified = time(request, "X-If-Modified-Since");
        Optional<Timestamp> unmodified = time(request, "X-If-Unmodified-Since");
        if (modified.isPresent() && unmodified.isPresent()) {
            throw StorageRefusal.badRequest(StorageRefusal.UNKNOWN, "both conditions at once");
        }
        return new Conditions(modified, unmodified);
    }

    /**
     * Checks a GET.
     *
     * @param lastModified when the resource last changed
     * @throws StorageRefusal 304 or 412
     */
    public void checkRead(Timestamp lastModified) throws StorageRefusal {
        checkWrite(lastModified);
        if (ifModifiedSince.isPresent() && !lastModified.isAfter(ifModifiedSince.get())) {
            throw StorageRefusal.notModified(lastModified);
        }
    }

    /**
     * Checks a PUT, POST or DELETE: only X-If-Unmodified-Since means something there.
     *
     * @param lastModified when the resource last changed, 0.00 when it isn't there
     * @throws StorageRefusal 412
     */
    public void checkWrite(Timestamp lastModified) throws StorageRefusal {
        if (ifUnmodifiedSince.isPresent() && lastModified.isAfter(ifUnmodifiedSince.get())) {
            throw StorageRefusal.modifiedSince(lastModified);
        }
    }

    private static Optional<Timestamp> time(HttpServletRequest request, String name) throws StorageRefusal {
        String value = request.getHeader(name);
        if (value == null) {
            return Optional.empty();
        }
        return Optional.of(Timestamp.parse(value.strip())
                .orElseThrow(() -> StorageRefusal.badRequest(StorageRefusal.UNKNOWN, "malformed " + name)));
    }
}
