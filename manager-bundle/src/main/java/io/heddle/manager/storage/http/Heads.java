// SPDX-License-Identifier: Apache-2.0
package io.heddle.manager.storage.http;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpResponse;

/** Takes HttpClient's heads into our own. */
final class Heads {

    private Heads() {}

    static HttpHead of(HttpResponse response) {
        Map<String, String> headers = new HashMap<>();
        for (Header header : response.getHeaders()) {
            headers.putIfAbsent(header.getName().toLowerCase(Locale.ROOT), String.valueOf(header.getValue()));
        }
        return new HttpHead(response.getCode(), headers);
    }
}
