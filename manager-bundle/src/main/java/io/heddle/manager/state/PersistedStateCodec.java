// SPDX-License-Identifier: Apache-2.0
package io.heddle.manager.state;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.heddle.api.Device;
import io.heddle.engine.GlobalConfig;
import io.heddle.engine.ServerTimestamp;
import io.heddle.manager.failure.SyncException;
import io.heddle.manager.state.PersistedState.RestorePhase;
import io.heddle.manager.state.UnreadableStateException.Reason;
import io.heddle.manager.wire.BsoWriter;
import io.heddle.manager.wire.GlobalConfigCodec;
import io.heddle.manager.wire.JsonFields;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Writes and reads a {@link PersistedState} as JSON: {@code {"format":1,"deviceId":"…","account":{…},…}}. Instants are
 * ISO 8601, server timestamps decimal seconds as text.
 */
public final class PersistedStateCodec {

    /** The format that this software writes; a higher one was written by newer software. */
    public static final int FORMAT = 1;

    private static final String DOCUMENT = "the state";

    private PersistedStateCodec() {}

    /**
     * Writes a state.
     *
     * @param state what to write
     * @return the document
     */
    public static String toJson(PersistedState state) {
        JsonObject json = new JsonObject();
        json.addProperty("format", FORMAT);
        json.addProperty("deviceId", state.deviceId());
        JsonObject changes = new JsonObject();
        state.pendingUserChanges().forEach(changes::addProperty);
        json.add("pendingUserChanges", changes);
        json.add("pendingResets", array(state.pendingResets()));
        JsonObject restores = new JsonObject();
        state.pendingRestores().forEach((engine, phase) -> restores.addProperty(engine, text(phase)));
        json.add("pendingRestores", restores);
        state.softBackoffUntil().ifPresent(until -> json.addProperty("softBackoffUntil", until.toString()));
        state.hardBackoffUntil().ifPresent(until -> json.addProperty("hardBackoffUntil", until.toString()));
        JsonObject holders = new JsonObject();
        state.grants().holders().forEach(holders::addProperty);
        json.add("grants", holders);
        json.add("defaultKeyGrants", array(state.grants().defaultKey()));
        json.addProperty("trustFirstUse", state.grants().firstUse());
        state.findAccount().ifPresent(account -> json.add("account", toJson(account)));
        return BsoWriter.escapeHalfPairs(json.toString());
    }

    /**
     * Reads a state.
     *
     * @param json what {@link #toJson(PersistedState)} wrote
     * @return the state
     * @throws UnreadableStateException when newer software wrote it, or it is corrupt
     */
    public static PersistedState parse(String json) throws UnreadableStateException {
        try {
            JsonFields fields = JsonFields.parse(DOCUMENT, json);
            long format = fields.findInteger("format").orElseThrow(() -> fields.missing("format"));
            if (format > FORMAT) {
                throw new UnreadableStateException(
                        Reason.NEWER, DOCUMENT + ": expected format " + FORMAT + ", found the newer " + format);
            }
            if (format < 1) {
                throw fields.notOfForm("format", "a positive number");
            }
            return stateOf(fields);
        } catch (SyncException.Malformed e) {
            throw new UnreadableStateException(Reason.CORRUPT, e.getMessage());
        }
    }

    private static PersistedState stateOf(JsonFields fields) throws SyncException.Malformed {
        PersistedState.Builder state = PersistedState.fresh(required(fields, "deviceId")).toBuilder();
        Optional<JsonFields> changes = fields.findObject("pendingUserChanges");
        if (changes.isPresent()) {
            Map<String, Boolean> enabled = new LinkedHashMap<>();
            for (String name : changes.get().names()) {
                enabled.put(name, changes.get().findBoolean(name).orElseThrow());
            }
            state.pendingUserChanges(enabled);
        }
        state.pendingResets(strings(fields, "pendingResets"));
        state.pendingRestores(restoresOf(fields));
        findInstant(fields, "softBackoffUntil").ifPresent(state::softBackoffUntil);
        findInstant(fields, "hardBackoffUntil").ifPresent(state::hardBackoffUntil);
        state.grants(grantsOf(fields));
        Optional<JsonFields> account = fields.findObject("account");
        if (account.isPresent()) {
            state.account(accountOf(account.get()));
        }
        return state.build();
    }

    private static Map<String, RestorePhase> restoresOf(JsonFields fields) throws SyncException.Malformed {
        Map<String, RestorePhase> restores = new LinkedHashMap<>();
        Optional<JsonFields> stored = fields.findObject("pendingRestores");
        if (stored.isPresent()) {
            for (String engine : stored.get().names()) {
                String phase = stored.get().findString(engine).orElseThrow();
                restores.put(
                        engine,
                        Stream.of(RestorePhase.values())
                                .filter(known -> text(known).equals(phase))
                                .findFirst()
                                .orElseThrow(() -> stored.get().notOfForm(engine, "a phase of a restore")));
            }
        }
        return restores;
    }

    private static String text(RestorePhase phase) {
        return phase.name().toLowerCase(Locale.ROOT);
    }

    private static Grants grantsOf(JsonFields fields) throws SyncException.Malformed {
        Map<String, String> holders = new LinkedHashMap<>();
        Optional<JsonFields> stored = fields.findObject("grants");
        if (stored.isPresent()) {
            for (String name : stored.get().names()) {
                holders.put(name, stored.get().findString(name).orElseThrow());
            }
        }
        boolean firstUse = fields.findBoolean("trustFirstUse").orElse(true);
        return new Grants(holders, strings(fields, "defaultKeyGrants"), firstUse);
    }

    private static JsonObject toJson(AccountState account) {
        JsonObject json = new JsonObject();
        json.addProperty("uid", account.uid());
        json.addProperty("endpoint", account.endpoint());
        json.addProperty("keyId", account.keyId());
        account.findConfig()
                .map(GlobalConfigCodec::toJson)
                .ifPresent(config -> json.add("config", JsonParser.parseString(config)));
        account.findMetaGlobal().ifPresent(bso -> json.add("metaGlobal", toJson(bso)));
        account.findCryptoKeys().ifPresent(bso -> json.add("cryptoKeys", toJson(bso)));
        json.add("syncedEngines", array(account.syncedEngines()));
        account.clientUploadedAt().ifPresent(at -> json.addProperty("clientUploadedAt", at.toString()));
        json.addProperty("clientsModified", account.clientsModified().toString());
        JsonObject devices = new JsonObject();
        account.devices().forEach(device -> devices.add(device.id(), toJson(device)));
        json.add("devices", devices);
        json.add("mailbox", MailboxCodec.toJson(account.mailbox()));
        return json;
    }

    private static JsonObject toJson(Device device) {
        JsonObject json = new JsonObject();
        json.addProperty("name", device.name());
        device.findType().ifPresent(type -> json.addProperty("type", type));
        device.findApplication().ifPresent(application -> json.addProperty("application", application));
        device.findLastSeen().ifPresent(at -> json.addProperty("lastSeen", at.toString()));
        json.addProperty("thisDevice", device.isThisDevice());
        device.findFxaDeviceId().ifPresent(id -> json.addProperty("fxaDeviceId", id));
        json.add("protocols", array(device.protocols()));
        json.addProperty("stale", device.isStale());
        json.addProperty("duplicate", device.isDuplicate());
        return json;
    }

    private static List<Device> devices(JsonFields fields) throws SyncException.Malformed {
        List<Device> devices = new ArrayList<>();
        Optional<JsonFields> all = fields.findObject("devices");
        if (all.isPresent()) {
            for (String id : all.get().names()) {
                JsonFields device = all.get().findObject(id).orElseThrow();
                Device.Builder builder = Device.builder(id, required(device, "name"));
                device.findString("type").ifPresent(builder::type);
                device.findString("application").ifPresent(builder::application);
                findInstant(device, "lastSeen").ifPresent(builder::lastSeen);
                if (device.findBoolean("thisDevice").orElse(false)) {
                    builder.thisDevice();
                }
                device.findString("fxaDeviceId").ifPresent(builder::fxaDeviceId);
                builder.protocols(device.findStrings("protocols").orElse(List.of()));
                if (device.findBoolean("stale").orElse(false)) {
                    builder.stale();
                }
                if (device.findBoolean("duplicate").orElse(false)) {
                    builder.duplicate();
                }
                devices.add(builder.build());
            }
        }
        return devices;
    }

    private static AccountState accountOf(JsonFields fields) throws SyncException.Malformed {
        AccountState.Builder account = AccountState.of(
                fields.findInteger("uid").orElseThrow(() -> fields.missing("uid")),
                required(fields, "endpoint"),
                required(fields, "keyId"))
                .toBuilder();
        findConfig(fields).ifPresent(account::config);
        findBso(fields, "metaGlobal").ifPresent(account::metaGlobal);
        findBso(fields, "cryptoKeys").ifPresent(account::cryptoKeys);
        account.syncedEngines(strings(fields, "syncedEngines"));
        findInstant(fields, "clientUploadedAt").ifPresent(account::clientUploadedAt);
        account.clientsModified(findTimestamp(fields, "clientsModified").orElse(ServerTimestamp.ZERO));
        account.devices(devices(fields));
        Optional<JsonFields> mailbox = fields.findObject("mailbox");
        if (mailbox.isPresent()) {
            account.mailbox(MailboxCodec.of(mailbox.get()));
        }
        return account.build();
    }

    private static Optional<GlobalConfig> findConfig(JsonFields fields) throws SyncException.Malformed {
        return fields.findObject("config").map(config -> GlobalConfigCodec.parse(config.toJson()));
    }

    private static JsonObject toJson(StoredBso bso) {
        JsonObject json = new JsonObject();
        json.addProperty("payload", bso.payload());
        json.addProperty("modified", bso.modified().toString());
        return json;
    }

    private static Optional<StoredBso> findBso(JsonFields fields, String name) throws SyncException.Malformed {
        Optional<JsonFields> bso = fields.findObject(name);
        if (bso.isEmpty()) {
            return Optional.empty();
        }
        ServerTimestamp modified = findTimestamp(bso.get(), "modified").orElseThrow(() -> fields.missing("modified"));
        return Optional.of(new StoredBso(required(bso.get(), "payload"), modified));
    }

    private static Optional<ServerTimestamp> findTimestamp(JsonFields fields, String name)
            throws SyncException.Malformed {
        try {
            return fields.findNumberText(name).map(ServerTimestamp::parse);
        } catch (IllegalArgumentException e) {
            throw fields.notOfForm(name, "decimal seconds");
        }
    }

    private static Optional<Instant> findInstant(JsonFields fields, String name) throws SyncException.Malformed {
        try {
            return fields.findString(name).map(Instant::parse);
        } catch (DateTimeParseException e) {
            throw fields.notOfForm(name, "an instant");
        }
    }

    private static Set<String> strings(JsonFields fields, String name) throws SyncException.Malformed {
        return new LinkedHashSet<>(fields.findStrings(name).orElse(List.of()));
    }

    private static String required(JsonFields fields, String name) throws SyncException.Malformed {
        return fields.findString(name).orElseThrow(() -> fields.missing(name));
    }

    private static JsonArray array(Collection<String> strings) {
        JsonArray array = new JsonArray();
        strings.forEach(array::add);
        return array;
    }
}
