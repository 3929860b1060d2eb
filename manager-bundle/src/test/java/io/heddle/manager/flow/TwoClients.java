// SPDX-License-Identifier: Apache-2.0
package io.heddle.manager.flow;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.heddle.engine.Command;
import io.heddle.manager.wire.CommandCodec;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A laptop that is on an account, and a Firefox whose record stands beside its own. */
abstract class TwoClients extends OneServer {

    /** The shape of Firefox's own records, and fields that this software has never heard of. */
    static final String FIREFOX = "{\"id\":\"khU9la4e2ark\",\"fxaDeviceId\":\"b16587aced9402921383176f0dbc4ad4\","
            + "\"name\":\"Probe One\",\"type\":\"desktop\",\"version\":\"153.7.0\",\"protocols\":[\"1.5\"],"
            + "\"formfactor\":null,\"future\":{\"deep\":[1,null,\"x\"]},\"os\":\"Linux\","
            + "\"appPackage\":\"{ec8030f7-c20a-464f-9b0e-13a3a9e97384}\",\"application\":\"Firefox\"}";

    static final String FIREFOX_ID = "khU9la4e2ark";

    AccountOnServer onServer;
    MemoryStore store;
    TestDevice laptop;
    String laptopId;

    @BeforeEach
    final void joinAccount() {
        onServer = new AccountOnServer(server, account);
        store = (MemoryStore) setup.store;
        laptop = device("Laptop");
        laptop.sync();
        laptopId = state().get("deviceId").getAsString();
        put(FIREFOX_ID, FIREFOX);
        laptop.sync();
        server.clearRequests();
    }

    @AfterEach
    final void clearFaults() {
        server.clearFaults();
    }

    /** Another device writes a record. */
    final void put(String id, String json) {
        onServer.putSealed("clients", Map.of(id, json));
    }

    final JsonObject record(String id) {
        return onServer.opened("clients", id);
    }

    final List<Command> commandsOf(String id) {
        return record(id).getAsJsonArray("commands").asList().stream()
                .map(json -> CommandCodec.find(json).orElseThrow())
                .toList();
    }

    /** Another device sends commands to the laptop. */
    final void sendToLaptop(Command... commands) {
        JsonObject own = record(laptopId);
        JsonArray all = own.has("commands") ? own.getAsJsonArray("commands") : new JsonArray();
        for (Command command : commands) {
            all.add(CommandCodec.toJson(command));
        }
        own.add("commands", all);
        put(laptopId, own.toString());
    }

    final JsonObject state() {
        return JsonParser.parseString(store.json()).getAsJsonObject();
    }

    final JsonObject mailbox() {
        return state().getAsJsonObject("account").getAsJsonObject("mailbox");
    }

    final List<String> routes() {
        return server.requests().stream().map(Object::toString).toList();
    }
}
