// SPDX-License-Identifier: Apache-2.0
package io.heddle.manager.storage.http;

import java.net.URI;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** One request to be sent; it prints neither headers nor body. */
public final class HttpCall {

    private final String method;
    private final URI uri;
    private final Map<String, String> headers;
    private final byte[] body;

    private HttpCall(String method, URI uri, Map<String, String> headers, byte[] body) {
        this.method = method;
        this.uri = uri;
        this.headers = headers;
        this.body = body;
    }

    /**
     * A request without headers and body.
     *
     * @param method in upper case
     * @param uri absolute, with everything encoded
     * @return the call
     */
    public static HttpCall of(String method, URI uri) {
        return new HttpCall(method, uri, Map.of(), null);
    }

    /**
     * The same with a header.
     *
     * @param name of the header
     * @param value its value
     * @return a new call
     */
    public HttpCall withHeader(String name, String value) {
        Map<String, String> extended = new LinkedHashMap<>(headers);
        extended.put(name, value);
        return new HttpCall(method, uri, Collections.unmodifiableMap(extended), body);
    }

    /**
     * The same with a JSON body.
     *
     * @param json the text in UTF-8; it must not be changed any more
     * @return a new call
     */
    public HttpCall withBody(byte[] json) {
        return new HttpCall(method, uri, headers, json);
    }

    /** {@return the method in upper case} */
    public String method() {
        return method;
    }

    /** {@return where it goes} */
    public URI uri() {
        return uri;
    }

    /** {@return the headers in order} */
    public Map<String, String> headers() {
        return headers;
    }

    /** {@return the body, when there is one} */
    public Optional<byte[]> findBody() {
        return Optional.ofNullable(body);
    }

    @Override
    public String toString() {
        return method + " " + uri.getRawPath();
    }
}
