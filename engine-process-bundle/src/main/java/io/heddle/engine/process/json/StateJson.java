// SPDX-License-Identifier: Apache-2.0
package io.heddle.engine.process.json;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.heddle.engine.CollectionInfo;
import io.heddle.engine.CollectionState;
import io.heddle.engine.GlobalEngineState;
import io.heddle.engine.KeyBundle;
import io.heddle.engine.ServerTimestamp;
import io.heddle.engine.StorageToken;
import io.heddle.engine.SyncGuid;
import io.heddle.engine.process.wire.JsonFields;
import io.heddle.engine.process.wire.JsonText;
import io.heddle.engine.process.wire.Values;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * The JSON form of {@link GlobalEngineState} and its parts, as {@code state.schema.json} describes it. Keys and storage
 * token are secrets and are not in it: whoever reads a state brings its own.
 */
public final class StateJson {

    private StateJson() {}

    /**
     * Writes a state.
     *
     * @param state of one engine
     * @return JSON on one line, without the state's secrets
     */
    public static String write(GlobalEngineState state) {
        JsonObject collections = new JsonObject();
        state.collections().forEach((name, collection) -> collections.add(name, collection(collection)));
        JsonObject json = new JsonObject();
        json.add("config", Values.config(state.config()));
        json.add("collections", collections);
        return JsonText.write(json);
    }

    /**
     * Reads a state.
     *
     * @param json as {@link #write} wrote it; unknown fields are ignored
     * @param token what the engine reaches its collections with
     * @param keys tells the keys of a collection
     * @return the state
     * @throws IllegalArgumentException when the text is of another form; the message quotes no value
     */
    public static GlobalEngineState read(String json, StorageToken token, Function<String, KeyBundle> keys) {
        JsonFields state = JsonFields.parse("a state", json);
        Map<String, CollectionState> collections = new LinkedHashMap<>();
        JsonFields all = state.object("collections");
        all.names().forEach(name -> collections.put(name, readCollection(all.object(name), keys.apply(name))));
        return new GlobalEngineState(Values.readConfig(state.object("config")), token, collections);
    }

    private static JsonObject collection(CollectionState collection) {
        JsonObject info = new JsonObject();
        info.addProperty("name", collection.collectionInfo().name());
        info.add("lastModified", Values.timestamp(collection.collectionInfo().lastModified()));
        JsonArray commands = new JsonArray();
        collection.commands().forEach(command -> commands.add(Values.command(command)));
        JsonObject json = new JsonObject();
        json.add("collectionInfo", info);
        collection.findSyncId().ifPresent(id -> json.addProperty("syncId", id.value()));
        json.add("commands", commands);
        return json;
    }

    private static CollectionState readCollection(JsonFields json, KeyBundle keys) {
        JsonFields info = json.object("collectionInfo");
        return new CollectionState(
                new CollectionInfo(info.text("name"), ServerTimestamp.parse(info.number("lastModified"))),
                json.findText("syncId").map(SyncGuid::new),
                keys,
                json.objects("commands").stream().map(Values::readCommand).toList());
    }
}
