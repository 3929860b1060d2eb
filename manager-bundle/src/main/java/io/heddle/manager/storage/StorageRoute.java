// SPDX-License-Identifier: Apache-2.0
package io.heddle.manager.storage;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** Where a storage request goes, below the account's endpoint: names are checked and encoded here and nowhere else. */
public final class StorageRoute {

    private static final Pattern COLLECTION = Pattern.compile("[A-Za-z0-9._-]{1,32}");
    private static final Pattern ID = Pattern.compile("[ -~]{1,64}");
    private static final String UNRESERVED = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~";

    private final String path;
    private final String query;

    private StorageRoute(String path, String query) {
        this.path = path;
        this.query = query;
    }

    /**
     * One of the documents about the account.
     *
     * @param document collections, configuration, …
     * @return {@code info/…}
     */
    public static StorageRoute info(String document) {
        return new StorageRoute("info/" + document, "");
    }

    /**
     * All of the account's storage.
     *
     * @return {@code storage}
     */
    public static StorageRoute everything() {
        return new StorageRoute("storage", "");
    }

    /**
     * A collection.
     *
     * @param name of the collection
     * @return {@code storage/…}
     * @throws IllegalArgumentException when no collection can have that name
     */
    public static StorageRoute collection(String name) {
        if (!isCollectionName(name)) {
            throw new IllegalArgumentException(
                    "no collection can have the name " + (name.length() > 32 ? "of that length" : name));
        }
        return new StorageRoute("storage/" + name, "");
    }

    /**
     * A record.
     *
     * @param collection its collection
     * @param id its id, as it is
     * @return {@code storage/…/…}
     * @throws IllegalArgumentException when no record can be there
     */
    public static StorageRoute record(String collection, String id) {
        if (!ID.matcher(id).matches()) {
            throw new IllegalArgumentException("no record can have an id like that of " + id.length() + " characters");
        }
        // A segment of dots alone would be resolved away by proxies, however it is encoded.
        if (id.equals(".") || id.equals("..")) {
            throw new IllegalArgumentException("no record can be addressed by the id " + id);
        }
        return new StorageRoute(collection(collection).path + "/" + encode(id), "");
    }

    /**
     * Tells whether a collection can have a name.
     *
     * @param name any text
     * @return whether it is one to 32 letters, digits, dots, underscores and dashes, and not dots alone
     */
    public static boolean isCollectionName(String name) {
        return COLLECTION.matcher(name).matches() && !name.equals(".") && !name.equals("..");
    }

    /**
     * The same with a query parameter.
     *
     * @param parameter its name
     * @param value its value, as it is
     * @return a new route
     */
    public StorageRoute with(String parameter, String value) {
        return new StorageRoute(path, query + (query.isEmpty() ? "?" : "&") + parameter + "=" + encode(value));
    }

    /**
     * The whole address.
     *
     * @param endpoint of the account, without a slash at the end
     * @return the URI to send and to sign
     */
    public URI under(URI endpoint) {
        return URI.create(endpoint + "/" + path + query);
    }

    /** The path without the query: for logs and messages. */
    @Override
    public String toString() {
        return path;
    }

    private static String encode(String text) {
        StringBuilder encoded = new StringBuilder();
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            if (UNRESERVED.indexOf(b) >= 0) {
                encoded.append((char) b);
            } else {
                encoded.append(String.format("%%%02X", b & 0xff));
            }
        }
        return encoded.toString();
    }
}
