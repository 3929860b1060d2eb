// SPDX-License-Identifier: Apache-2.0
package io.heddle.manager.wire;

import com.google.gson.JsonObject;
import io.heddle.engine.GlobalConfig;
import io.heddle.manager.failure.SyncException;
import java.util.OptionalLong;
import java.util.function.LongConsumer;

/**
 * Reads and writes the answer of {@code info/configuration}, such as
 * {@code {"max_post_records":100,"max_post_bytes":2621440}}.
 */
public final class GlobalConfigCodec {

    private static final String DOCUMENT = "info/configuration";

    private GlobalConfigCodec() {}

    /**
     * Reads the limits. What is absent or makes no sense has the protocol's default: the limits are advice, and a server
     * says no when it means it.
     *
     * @param json the body
     * @return the limits
     */
    public static GlobalConfig parse(String json) {
        JsonFields fields;
        try {
            fields = JsonFields.parse(DOCUMENT, json);
        } catch (SyncException.Malformed e) {
            return GlobalConfig.defaults();
        }
        GlobalConfig.Builder limits = GlobalConfig.builder();
        read(fields, "max_post_records", limits::maxPostRecords);
        read(fields, "max_post_bytes", limits::maxPostBytes);
        read(fields, "max_record_payload_bytes", limits::maxRecordPayloadBytes);
        read(fields, "max_request_bytes", limits::maxRequestBytes);
        read(fields, "max_total_records", limits::maxTotalRecords);
        read(fields, "max_total_bytes", limits::maxTotalBytes);
        return limits.build();
    }

    /**
     * Tells an answer with few or strange limits from one that is none at all.
     *
     * @param json the body
     * @return whether it is a JSON object
     */
    public static boolean isDocument(String json) {
        try {
            JsonFields.parse(DOCUMENT, json);
            return true;
        } catch (SyncException.Malformed e) {
            return false;
        }
    }

    /**
     * Writes the limits in the same form.
     *
     * @param limits all of them
     * @return the document, which {@link #parse} reads
     */
    public static String toJson(GlobalConfig limits) {
        JsonObject json = new JsonObject();
        json.addProperty("max_post_records", limits.maxPostRecords());
        json.addProperty("max_post_bytes", limits.maxPostBytes());
        json.addProperty("max_record_payload_bytes", limits.maxRecordPayloadBytes());
        json.addProperty("max_request_bytes", limits.maxRequestBytes());
        json.addProperty("max_total_records", limits.maxTotalRecords());
        json.addProperty("max_total_bytes", limits.maxTotalBytes());
        return json.toString();
    }

    private static void read(JsonFields fields, String field, LongConsumer setter) {
        OptionalLong limit;
        try {
            limit = fields.findInteger(field);
        } catch (SyncException.Malformed e) {
            return;
        }
        limit.stream().filter(value -> value > 0).forEach(setter);
    }
}
