// SPDX-License-Identifier: Apache-2.0
package io.heddle.server.wire;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Locale;

/** The forms that lists come in: a JSON array, or one JSON value a line. */
public final class MediaTypes {
    /** One JSON value. */
    public static final String JSON = "application/json";
    /** One JSON value a line. */
    public static final String NEWLINES = "application/newlines";

    private MediaTypes() {}

    /**
     * Chooses the form of a list.
     *
     * @param request its Accept header says what the client takes
     * @return {@link #JSON} or {@link #NEWLINES}
     * @throws StorageRefusal 406 when the client takes neither
     */
    public static String ofList(HttpServletRequest request) throws StorageRefusal {
        String accept = accept(request);
        double json = quality(accept, JSON);
        double newlines = quality(accept, NEWLINES);
        if (json == 0 && newlines == 0) {
            throw new StorageRefusal(406, "neither " + JSON + " nor " + NEWLINES + " is accepted");
        }
        return newlines > json || (newlines == json && accept.startsWith(NEWLINES)) ? NEWLINES : JSON;
    }

    /**
     * Refuses a GET whose client doesn't take JSON.
     *
     * @param request its Accept header says what the client takes
     * @throws StorageRefusal 406
     */
    public static void checkJson(HttpServletRequest request) throws StorageRefusal {
        if (quality(accept(request), JSON) == 0) {
            throw new StorageRefusal(406, JSON + " is not accepted");
        }
    }

    /**
     * Whether a body holds one JSON value a line.
     *
     * @param request its Content-Type header says what the body is
     * @param list whether a list is expected
     * @return false for plain JSON
     * @throws StorageRefusal 415 when it is in a form that the server doesn't read
     */
    public static boolean isNewlines(HttpServletRequest request, boolean list) throws StorageRefusal {
        String type = request.getContentType() == null ? JSON : mediaType(request.getContentType());
        if (type.equals(NEWLINES) && list) {
            return true;
        }
        // Firefox sends its JSON as plain text.
        if (!type.equals(JSON) && !type.equals("text/plain")) {
            throw new StorageRefusal(415, "unsupported content type");
        }
        return false;
    }

    private static String accept(HttpServletRequest request) {
        String accept = request.getHeader("Accept");
        return accept == null || accept.isBlank() ? "*/*" : accept.strip();
    }

    private static double quality(String accept, String type) {
        double best = 0;
        for (String range : accept.split(",")) {
            String media = mediaType(range);
            if (media.equals(type) || media.equals("application/*") || media.equals("*/*")) {
                best = Math.max(best, weight(range));
            }
        }
        return best;
    }

    private static double weight(String range) {
        for (String parameter : range.split(";")) {
            String text = parameter.strip();
            if (text.matches("q=[01](\\.\\d{0,3})?")) {
                return Double.parseDouble(text.substring(2));
            }
        }
        return 1;
    }

    private static String mediaType(String range) {
        int end = range.indexOf(';');
        return (end < 0 ? range : range.substring(0, end)).strip().toLowerCase(Locale.ROOT);
    }
}
