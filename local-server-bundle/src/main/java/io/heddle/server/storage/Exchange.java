// SPDX-License-Identifier: Apache-2.0
package io.heddle.server.storage;

import io.heddle.server.wire.Conditions;
import io.heddle.server.wire.Parameters;
import io.heddle.server.wire.Route;
import io.heddle.server.wire.StorageRefusal;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * A request whose sender is known, with what the handlers need of it.
 *
 * @param route where it goes
 * @param request the request
 * @param response its answer
 * @param conditions its conditions
 * @param parameters its query parameters
 */
record Exchange(
        Route route,
        HttpServletRequest request,
        HttpServletResponse response,
        Conditions conditions,
        Parameters parameters) {

    static Exchange of(Route route, HttpServletRequest request, HttpServletResponse response) throws StorageRefusal {
        return new Exchange(route, request, response, Conditions.of(request), new Parameters(request));
    }

    long uid() {
        return route.uid();
    }

    String method() {
        return request.getMethod();
    }

    /** Reads the body, and never more than the limit. */
    byte[] body(Limits limits) throws IOException, StorageRefusal {
        if (request.getContentLengthLong() > limits.maxRequestBytes()) {
            throw new StorageRefusal(413, "the body is larger than max_request_bytes");
        }
        byte[] body = request.getInputStream().readNBytes((int) limits.maxRequestBytes() + 1);
        if (body.length > limits.maxRequestBytes()) {
            throw new StorageRefusal(413, "the body is larger than max_request_bytes");
        }
        return body;
    }
}
