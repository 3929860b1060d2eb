// SPDX-License-Identifier: Apache-2.0
package io.heddle.manager.clients;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import io.heddle.api.Device;
import io.heddle.engine.Command;
import io.heddle.engine.ServerTimestamp;
import io.heddle.manager.failure.SyncException;
import io.heddle.manager.wire.CommandCodec;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A record of the clients collection. Of other devices' records only what is needed is read; nearly any field may be missing
 * or null there, and whatever is there is kept as it stands. Immutable.
 */
final class ClientRecord {

    /** To how many characters a name is cut that would not fit else. */
    static final int SHORT_NAME = 100;

    private static final String COMMANDS = "commands";
    private static final Set<String> KNOWN = Set.of(
            "id", "fxaDeviceId", "name", "type", "version", "protocols", COMMANDS, "os", "appPackage", "application");

    private final String id;
    private final JsonObject fields;

    private ClientRecord(String id, JsonObject fields) {
        this.id = id;
        this.fields = fields;
    }

    /** Reads a cleartext. */
    static ClientRecord parse(String id, String json) throws SyncException.Malformed {
        try {
            JsonElement element = JsonParser.parseString(json);
            if (!element.isJsonObject()) {
                throw new SyncException.Malformed("clients/" + id + ": expected a JSON object");
            }
            return new ClientRecord(id, element.getAsJsonObject());
        } catch (JsonParseException e) {
            throw new SyncException.Malformed("clients/" + id + ": expected a JSON object, found no JSON");
        }
    }

    static ClientRecord empty(String id) {
        return new ClientRecord(id, new JsonObject());
    }

    /** The same record, describing this device as it is now. */
    ClientRecord describing(ThisDevice device) {
        JsonObject own = fields.deepCopy();
        own.addProperty("id", device.id());
        if (device.fxaDeviceId().isEmpty()) {
            own.remove("fxaDeviceId");
        } else {
            own.addProperty("fxaDeviceId", device.fxaDeviceId());
        }
        own.addProperty("name", device.name());
        own.addProperty("type", device.type());
        own.addProperty("version", device.version());
        JsonArray protocols = new JsonArray();
        protocols.add("1.5");
        own.add("protocols", protocols);
        own.addProperty("os", System.getProperty("os.name", ""));
        own.addProperty("appPackage", "io.heddle");
        own.addProperty("application", "Heddle");
        return new ClientRecord(device.id(), own);
    }

    /** The commands in it, each once; what is no command is not told of. */
    List<Command> commands() {
        return elements().stream()
                .flatMap(element -> CommandCodec.find(element).stream())
                .distinct()
                .toList();
    }

    /** The same record without some commands; what is no command goes too. */
    ClientRecord without(Set<Command> gone) {
        List<Command> seen = new ArrayList<>(gone);
        JsonArray left = new JsonArray();
        for (JsonElement element : elements()) {
            Optional<Command> command = CommandCodec.find(element);
            if (command.isPresent() && !seen.contains(command.get())) {
                seen.add(command.get());
                left.add(element);
            }
        }
        return withCommands(left);
    }

    /** The same record with a command in the place of those that ask for the same; all else stays as it stands. */
    ClientRecord with(Command command) {
        JsonArray more = new JsonArray();
        elements().stream()
                .filter(element ->
                        CommandCodec.find(element).filter(command::equals).isEmpty())
                .forEach(more::add);
        more.add(CommandCodec.toJson(command));
        return withCommands(more);
    }

    /** As much of it as fits: the oldest commands go first, and no other field is touched. Empty when even that is too much. */
    Optional<ClientRecord> fitting(long bytes) {
        ClientRecord smaller = this;
        while (smaller.size() > bytes) {
            List<JsonElement> commands = smaller.elements();
            if (commands.isEmpty()) {
                return Optional.empty();
            }
            JsonArray younger = new JsonArray();
            commands.subList(1, commands.size()).forEach(younger::add);
            smaller = smaller.withCommands(younger);
        }
        return Optional.of(smaller);
    }

    /** As much of this device's own record as fits: first goes what this software does not know, last go commands. */
    ClientRecord ownFitting(long bytes) throws SyncException.Malformed {
        ClientRecord smaller = this;
        for (String field : List.copyOf(fields.keySet())) {
            if (smaller.size() > bytes && !KNOWN.contains(field)) {
                JsonObject rest = smaller.fields.deepCopy();
                rest.remove(field);
                smaller = new ClientRecord(id, rest);
            }
        }
        String name = text("name").orElse("");
        if (smaller.size() > bytes && name.codePointCount(0, name.length()) > SHORT_NAME) {
            JsonObject rest = smaller.fields.deepCopy();
            rest.addProperty("name", name.substring(0, name.offsetByCodePoints(0, SHORT_NAME)));
            smaller = new ClientRecord(id, rest);
        }
        return smaller.fitting(bytes)
                .orElseThrow(() -> new SyncException.Malformed("clients/" + id + ": it is over the server's limits"));
    }

    String id() {
        return id;
    }

    String toJson() {
        return fields.toString();
    }

    Device.Builder toDevice(Optional<ServerTimestamp> modified) {
        Device.Builder device = Device.builder(id, text("name").orElse(id));
        text("type").ifPresent(device::type);
        text("application")
                .ifPresent(application -> device.application(text("version")
                        .map(version -> application + " " + version)
                        .orElse(application)));
        text("fxaDeviceId").ifPresent(device::fxaDeviceId);
        device.protocols(texts("protocols"));
        modified.ifPresent(timestamp -> device.lastSeen(timestamp.toInstant()));
        return device;
    }

    private long size() {
        return toJson().getBytes(StandardCharsets.UTF_8).length;
    }

    private ClientRecord withCommands(JsonArray commands) {
        JsonObject changed = fields.deepCopy();
        changed.add(COMMANDS, commands);
        return new ClientRecord(id, changed);
    }

    private List<JsonElement> elements() {
        JsonElement commands = fields.get(COMMANDS);
        return commands != null && commands.isJsonArray()
                ? List.copyOf(commands.getAsJsonArray().asList())
                : List.of();
    }

    private List<String> texts(String field) {
        JsonElement value = fields.get(field);
        return value == null || !value.isJsonArray()
                ? List.of()
                : value.getAsJsonArray().asList().stream()
                        .flatMap(element -> text(element).stream())
                        .toList();
    }

    private Optional<String> text(String field) {
        return fields.has(field) ? text(fields.get(field)) : Optional.empty();
    }

    private static Optional<String> text(JsonElement value) {
        boolean isText = value.isJsonPrimitive()
                && value.getAsJsonPrimitive().isString()
                && !value.getAsString().isBlank();
        return isText ? Optional.of(value.getAsString()) : Optional.empty();
    }

    /** Equal when they say the same, whatever the order of their fields. */
    @Override
    public boolean equals(Object other) {
        return other instanceof ClientRecord that && id.equals(that.id) && fields.equals(that.fields);
    }

    @Override
    public int hashCode() {
        return id.hashCode();
    }

    /** The id alone: names are private. */
    @Override
    public String toString() {
        return "ClientRecord[" + id + "]";
    }
}
