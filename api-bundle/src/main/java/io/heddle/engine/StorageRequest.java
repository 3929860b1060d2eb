// SPDX-License-Identifier: Apache-2.0
package io.heddle.engine;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * One storage request of a {@link SyncEngine}, for a collection or for a single record of it.
 *
 * <p>It names what the protocol knows and nothing more: neither a path nor a header can be given, so that none can be
 * bent. The manager checks the collection, encodes names and signs.
 */
public final class StorageRequest {

    /** What to do with the collection or the record. */
    public enum Method {
        /** Read. */
        GET,
        /** Write one record. */
        PUT,
        /** Write several records. */
        POST,
        /** Delete. */
        DELETE
    }

    /** The query parameters of the storage API. */
    public enum Parameter {
        /** Up to 100 record ids, separated by commas. */
        IDS,
        /** Only records strictly newer than this timestamp. */
        NEWER,
        /** Only records strictly older than this timestamp. */
        OLDER,
        /** {@code 1}: whole records, not only their ids. */
        FULL,
        /** At most so many records. */
        LIMIT,
        /** Where to go on, as the answer before said. */
        OFFSET,
        /** {@code newest}, {@code oldest} or {@code index}. */
        SORT,
        /** {@code true} or a batch's id. */
        BATCH,
        /** {@code true}: commit the batch. */
        COMMIT
    }

    private final Method method;
    private final String collection;
    private final String id;
    private final Map<Parameter, String> parameters;
    private final ServerTimestamp ifUnmodifiedSince;
    private final String body;

    private StorageRequest(
            Method method,
            String collection,
            String id,
            Map<Parameter, String> parameters,
            ServerTimestamp ifUnmodifiedSince,
            String body) {
        this.method = method;
        this.collection = collection;
        this.id = id;
        this.parameters = parameters;
        this.ifUnmodifiedSince = ifUnmodifiedSince;
        this.body = body;
    }

    /**
     * A request for a whole collection.
     *
     * @param method what to do
     * @param collection one of the engine's collections
     * @return the request, as yet without parameters
     */
    public static StorageRequest of(Method method, String collection) {
        return new StorageRequest(
                Objects.requireNonNull(method, "method"),
                Objects.requireNonNull(collection, "collection"),
                null,
                Map.of(),
                null,
                null);
    }

    /**
     * The same for one record.
     *
     * @param recordId the record's id, as it is, not encoded
     * @return a new request
     */
    public StorageRequest withId(String recordId) {
        return new StorageRequest(
                method, collection, Objects.requireNonNull(recordId, "recordId"), parameters, ifUnmodifiedSince, body);
    }

    /**
     * The same with a query parameter.
     *
     * @param parameter which
     * @param value its value, as it is, not encoded
     * @return a new request
     */
    public StorageRequest with(Parameter parameter, String value) {
        Map<Parameter, String> extended = new LinkedHashMap<>(parameters);
        extended.put(Objects.requireNonNull(parameter, "parameter"), Objects.requireNonNull(value, "value"));
        return new StorageRequest(method, collection, id, Map.copyOf(extended), ifUnmodifiedSince, body);
    }

    /**
     * The same, guarded: the server answers 412 when the collection or record was written after that.
     *
     * @param timestamp what the engine has seen
     * @return a new request
     */
    public StorageRequest ifUnmodifiedSince(ServerTimestamp timestamp) {
        return new StorageRequest(
                method, collection, id, parameters, Objects.requireNonNull(timestamp, "timestamp"), body);
    }

    /**
     * The same with a body.
     *
     * @param json the records as the storage API wants them, already sealed
     * @return a new request
     */
    public StorageRequest withBody(String json) {
        return new StorageRequest(
                method, collection, id, parameters, ifUnmodifiedSince, Objects.requireNonNull(json, "json"));
    }

    /** {@return what to do} */
    public Method method() {
        return method;
    }

    /** {@return the collection} */
    public String collection() {
        return collection;
    }

    /** {@return the record's id, when the request is for one record} */
    public Optional<String> findId() {
        return Optional.ofNullable(id);
    }

    /** {@return the query parameters} */
    public Map<Parameter, String> parameters() {
        return parameters;
    }

    /** {@return the guard, when there is one} */
    public Optional<ServerTimestamp> findIfUnmodifiedSince() {
        return Optional.ofNullable(ifUnmodifiedSince);
    }

    /** {@return the body, when there is one} */
    public Optional<String> findBody() {
        return Optional.ofNullable(body);
    }

    @Override
    public String toString() {
        return "StorageRequest[" + method + " " + collection + "]";
    }
}
