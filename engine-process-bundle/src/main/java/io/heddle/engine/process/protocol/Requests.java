// SPDX-License-Identifier: Apache-2.0
package io.heddle.engine.process.protocol;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.heddle.engine.Command;
import io.heddle.engine.process.wire.JsonText;
import io.heddle.engine.process.wire.Values;
import io.heddle.engine.record.IncomingRecord;
import io.heddle.engine.record.RecordContext;
import io.heddle.engine.record.SyncPoint;
import io.heddle.engine.record.UploadedBatch;
import java.util.Map;

/** The lines that a program reads, as {@code requests.schema.json} describes them. */
public final class Requests {

    /** The version of the protocol; the first request of each run bears it. */
    public static final int PROTOCOL = 1;

    private Requests() {}

    /**
     * Begins a sync.
     *
     * @param engine the engine's name
     * @param context what it may know
     * @return the line
     */
    public static String open(String engine, RecordContext context) {
        JsonObject json = first("open", engine);
        json.addProperty("device", context.deviceName());
        json.add("config", Values.config(context.config()));
        JsonArray collections = new JsonArray();
        context.collections().forEach(collections::add);
        json.add("collections", collections);
        return JsonText.write(json);
    }

    /**
     * Hands a record over, to be staged.
     *
     * @param record as the server has it
     * @return the line
     * @throws IllegalArgumentException when its cleartext is no JSON object
     */
    public static String record(IncomingRecord record) {
        JsonObject json = of("record");
        json.addProperty("collection", record.collection());
        json.add("modified", Values.timestamp(record.modified()));
        record.sortIndex().ifPresent(index -> json.addProperty("sortIndex", index));
        json.addProperty("deleted", record.tombstone());
        json.add(
                "data",
                JsonText.parse(record.json())
                        .orElseThrow(() -> new IllegalArgumentException(record + " holds no JSON object")));
        return JsonText.write(json);
    }

    /**
     * Has what was staged merged.
     *
     * @param points up to where each collection was staged
     * @return the line
     */
    public static String apply(Map<String, SyncPoint> points) {
        JsonObject json = of("apply");
        JsonObject texts = new JsonObject();
        points.forEach((collection, point) -> texts.addProperty(collection, point.toString()));
        json.add("syncPoints", texts);
        return JsonText.write(json);
    }

    /**
     * Asks for further records to upload.
     *
     * @param limit how many at most
     * @return the line
     */
    public static String next(int limit) {
        JsonObject json = of("next");
        json.addProperty("limit", limit);
        return JsonText.write(json);
    }

    /**
     * Tells what the server has committed.
     *
     * @param batch the records and the new sync point
     * @return the line
     */
    public static String uploaded(UploadedBatch batch) {
        JsonObject json = of("uploaded");
        json.addProperty("collection", batch.collection());
        JsonArray ids = new JsonArray();
        batch.ids().stream().sorted().forEach(ids::add);
        json.add("ids", ids);
        json.addProperty("syncPoint", batch.syncPoint().toString());
        return JsonText.write(json);
    }

    /**
     * Has the program forget what the server holds.
     *
     * @param engine the engine's name
     * @return the line
     */
    public static String reset(String engine) {
        return JsonText.write(first("reset", engine));
    }

    /**
     * Has the program delete its data.
     *
     * @param engine the engine's name
     * @return the line
     */
    public static String wipe(String engine) {
        return JsonText.write(first("wipe", engine));
    }

    /**
     * Has the program carry out another device's command.
     *
     * @param engine the engine's name
     * @param command what to do
     * @return the line
     */
    public static String command(String engine, Command command) {
        JsonObject json = first("command", engine);
        json.add("command", Values.command(command));
        return JsonText.write(json);
    }

    private static JsonObject first(String type, String engine) {
        JsonObject json = of(type);
        json.addProperty("protocol", PROTOCOL);
        json.addProperty("engine", engine);
        return json;
    }

    private static JsonObject of(String type) {
        JsonObject json = new JsonObject();
        json.addProperty("type", type);
        return json;
    }
}
