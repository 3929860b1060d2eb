// SPDX-License-Identifier: Apache-2.0
package io.heddle.server.wire;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a request goes.
 *
 * @param uid the user id in the path
 * @param kind which resource
 * @param collection the collection's name, for a collection or a BSO; for info its word; else empty
 * @param id the BSO's id, decoded; else empty
 */
public record Route(long uid, Kind kind, String collection, String id) {

    /** The kinds of resources. */
    public enum Kind {
        /** All of a user's storage, with or without {@code /storage}. */
        ROOT,
        /** One of the {@code info/} resources. */
        INFO,
        /** A collection. */
        COLLECTION,
        /** A BSO. */
        BSO
    }

    private static final Pattern PATH = Pattern.compile("/1\\.5/(\\d{1,18})(?:/(.*))?");
    private static final Pattern COLLECTION_NAME = Pattern.compile("[a-zA-Z0-9._-]{1,32}");
    private static final Pattern BSO_ID = Pattern.compile("[ -~]{1,64}");

    /** Refuses null. */
    public Route {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(collection, "collection");
        Objects.requireNonNull(id, "id");
    }

    /**
     * Reads a path.
     *
     * @param path below the context, still percent-encoded: ids may hold slashes
     * @return the route, or empty when there is nothing at that path
     * @throws StorageRefusal when a name in it is malformed
     */
    public static Optional<Route> parse(String path) throws StorageRefusal {
        Matcher matcher = PATH.matcher(path);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        long uid = Long.parseLong(matcher.group(1));
        String rest = matcher.group(2) == null ? "" : matcher.group(2);
        String[] parts = rest.split("/", -1);
        if (rest.isEmpty() || rest.equals("storage") || rest.equals("storage/")) {
            return Optional.of(new Route(uid, Kind.ROOT, "", ""));
        }
        if (parts[0].equals("info") && parts.length == 2) {
            return Optional.of(new Route(uid, Kind.INFO, parts[1], ""));
        }
        if (!parts[0].equals("storage") || parts.length > 3) {
            return Optional.empty();
        }
        String collection = decoded(parts[1]);
        if (!COLLECTION_NAME.matcher(collection).matches()) {
            throw StorageRefusal.badRequest(StorageRefusal.INVALID_COLLECTION, "malformed collection name");
        }
        if (parts.length == 2) {
            return Optional.of(new Route(uid, Kind.COLLECTION, collection, ""));
        }
        String id = decoded(parts[2]);
        if (!isBsoId(id)) {
            throw StorageRefusal.badRequest(StorageRefusal.INVALID_BSO, "malformed BSO id");
        }
        return Optional.of(new Route(uid, Kind.BSO, collection, id));
    }

    /**
     * Whether a text can be a BSO's id.
     *
     * @param id the text
     * @return true for 1 to 64 printable ASCII characters
     */
    static boolean isBsoId(String id) {
        return BSO_ID.matcher(id).matches();
    }

    private static String decoded(String part) throws StorageRefusal {
        try {
            // In a path a plus is a plus.
            return URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException malformed) {
            throw StorageRefusal.badRequest(StorageRefusal.UNKNOWN, "malformed path");
        }
    }
}
