// SPDX-License-Identifier: Apache-2.0
package io.heddle.manager.clients;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import io.heddle.api.Device;
import io.heddle.engine.ServerTimestamp;
import io.heddle.manager.failure.SyncException;
import java.util.Optional;

/**
 * A record of the clients collection. Of other devices' records only what is needed is read; nearly any field may be missing
 * or null there. What this software does not know in its own record, it keeps.
 */
final class ClientRecord {

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

    /** Whether it already says what {@link #describing} would make it say. */
    boolean describes(ThisDevice device) {
        return describing(device).fields.equals(fields);
    }

    String id() {
        return id;
    }

    String toJson() {
        return fields.toString();
    }

    Device toDevice(Optional<ServerTimestamp> modified, boolean thisDevice) {
        Device.Builder device = Device.builder(id, text("name").orElse(id));
        text("type").ifPresent(device::type);
        text("application")
                .ifPresent(application -> device.application(text("version")
                        .map(version -> application + " " + version)
                        .orElse(application)));
        modified.ifPresent(timestamp -> device.lastSeen(timestamp.toInstant()));
        return thisDevice ? device.thisDevice().build() : device.build();
    }

    private Optional<String> text(String field) {
        JsonElement value = fields.get(field);
        boolean isText = value != null
                && value.isJsonPrimitive()
                && value.getAsJsonPrimitive().isString()
                && !value.getAsString().isBlank();
        return isText ? Optional.of(value.getAsString()) : Optional.empty();
    }

    /** The id alone: names are private. */
    @Override
    public String toString() {
        return "ClientRecord[" + id + "]";
    }
}
