// SPDX-License-Identifier: Apache-2.0
package io.heddle.engine.process.wire;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.heddle.engine.Command;
import io.heddle.engine.GlobalConfig;
import io.heddle.engine.ServerTimestamp;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/** The JSON form of the values that several documents share, as {@code values.schema.json} describes it. */
public final class Values {

    private Values() {}

    /**
     * Writes the server's limits.
     *
     * @param config the limits
     * @return an object of the six numbers, and of how much cleartext fits into a record
     */
    public static JsonObject config(GlobalConfig config) {
        JsonObject json = new JsonObject();
        json.addProperty("maxPostRecords", config.maxPostRecords());
        json.addProperty("maxPostBytes", config.maxPostBytes());
        json.addProperty("maxRecordPayloadBytes", config.maxRecordPayloadBytes());
        json.addProperty("maxRequestBytes", config.maxRequestBytes());
        json.addProperty("maxTotalRecords", config.maxTotalRecords());
        json.addProperty("maxTotalBytes", config.maxTotalBytes());
        json.addProperty("maxCleartextBytes", config.maxCleartextBytes());
        return json;
    }

    /**
     * Writes a command.
     *
     * @param command what to do
     * @return an object with {@code name}, {@code arguments} and, when it has one, {@code flowId}
     */
    public static JsonObject command(Command command) {
        JsonArray arguments = new JsonArray();
        for (int i = 0; i < command.argumentCount(); i++) {
            arguments.add(
                    command.findArgument(i).<JsonElement>map(JsonPrimitive::new).orElse(JsonNull.INSTANCE));
        }
        JsonObject json = new JsonObject();
        json.addProperty("name", command.name());
        json.add("arguments", arguments);
        command.findFlowId().ifPresent(id -> json.addProperty("flowId", id));
        return json;
    }

    /**
     * Writes a point in the server's time.
     *
     * @param timestamp the point
     * @return seconds, as a number with two decimals
     */
    public static JsonPrimitive timestamp(ServerTimestamp timestamp) {
        return new JsonPrimitive(new BigDecimal(timestamp.toString()));
    }

    /**
     * Reads a command.
     *
     * @param json as {@link #command} wrote it
     * @return the command
     */
    public static Command readCommand(JsonFields json) {
        List<String> arguments = new ArrayList<>(json.textsOrNulls("arguments"));
        Command command = Command.of(json.text("name"), arguments.toArray(String[]::new));
        return json.findText("flowId").map(command::withFlowId).orElse(command);
    }

    /**
     * Reads the server's limits.
     *
     * @param json as {@link #config} wrote it
     * @return the limits
     */
    public static GlobalConfig readConfig(JsonFields json) {
        return GlobalConfig.builder()
                .maxPostRecords(json.count("maxPostRecords"))
                .maxPostBytes(json.count("maxPostBytes"))
                .maxRecordPayloadBytes(json.count("maxRecordPayloadBytes"))
                .maxRequestBytes(json.count("maxRequestBytes"))
                .maxTotalRecords(json.count("maxTotalRecords"))
                .maxTotalBytes(json.count("maxTotalBytes"))
                .build();
    }
}
