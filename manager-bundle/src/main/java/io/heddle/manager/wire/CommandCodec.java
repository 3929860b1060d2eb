// SPDX-License-Identifier: Apache-2.0
package io.heddle.manager.wire;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import io.heddle.engine.Command;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Writes and reads a command as clients records hold it: {@code {"command":"wipeEngine","args":["forms"],"flowID":"…"}}. */
public final class CommandCodec {

    private CommandCodec() {}

    /**
     * Writes a command.
     *
     * @param command what to write
     * @return the object
     */
    public static JsonObject toJson(Command command) {
        JsonObject json = new JsonObject();
        json.addProperty("command", command.name());
        JsonArray arguments = new JsonArray();
        for (int i = 0; i < command.argumentCount(); i++) {
            arguments.add(command.findArgument(i).orElse(null));
        }
        json.add("args", arguments);
        command.findFlowId().ifPresent(id -> json.addProperty("flowID", id));
        return json;
    }

    /**
     * Reads a command of anybody's. What it has no arguments for is null; an argument that is no string counts as its text.
     *
     * @param json what may be one
     * @return the command; empty when it has no name
     */
    public static Optional<Command> find(JsonElement json) {
        Optional<String> name = json.isJsonObject()
                ? text(json.getAsJsonObject(), "command").filter(word -> !word.isEmpty())
                : Optional.empty();
        if (name.isEmpty()) {
            return Optional.empty();
        }
        JsonObject object = json.getAsJsonObject();
        List<String> arguments = new ArrayList<>();
        JsonElement given = object.get("args");
        if (given != null && given.isJsonArray()) {
            given.getAsJsonArray().forEach(argument -> arguments.add(argument(argument)));
        }
        Command command = Command.of(name.get(), arguments.toArray(String[]::new));
        return Optional.of(text(object, "flowID").map(command::withFlowId).orElse(command));
    }

    private static String argument(JsonElement argument) {
        if (argument.isJsonNull()) {
            return null;
        }
        return argument.isJsonPrimitive() ? argument.getAsString() : argument.toString();
    }

    private static Optional<String> text(JsonObject object, String field) {
        JsonElement value = object.has(field) ? object.get(field) : JsonNull.INSTANCE;
        return value.isJsonPrimitive() && value.getAsJsonPrimitive().isString()
                ? Optional.of(value.getAsString())
                : Optional.empty();
    }
}
