// SPDX-License-Identifier: Apache-2.0
package io.heddle.manager.flow;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import io.heddle.api.Device;
import io.heddle.api.SyncStatus;
import io.heddle.engine.Command;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The devices of an account: this one's record, and what the others write of themselves. */
class ClientsTest extends TwoClients {

    private static final String POST = "POST /storage/clients?batch=true&commit=true 200";

    private List<Device> devices() {
        return laptop.service().devices();
    }

    @Test
    void firstSyncWritesARecordAsFirefoxDoes() {
        JsonObject own = record(laptopId);

        assertThat(own.keySet())
                .containsExactly("id", "name", "type", "version", "protocols", "os", "appPackage", "application");
        assertThat(own.get("name").getAsString()).isEqualTo("Laptop");
        assertThat(own.get("protocols")).hasToString("[\"1.5\"]");
    }

    @Test
    void otherDevicesAreSeen() {
        assertThat(devices()).extracting(Device::id).containsExactly(laptopId, FIREFOX_ID);
        Device firefox = devices().get(1);
        assertThat(firefox.name()).isEqualTo("Probe One");
        assertThat(firefox.findApplication()).contains("Firefox 153.7.0");
        assertThat(firefox.findFxaDeviceId()).contains("b16587aced9402921383176f0dbc4ad4");
        assertThat(firefox.protocols()).containsExactly("1.5");
        assertThat(firefox.isStale() || firefox.isDuplicate() || firefox.isThisDevice())
                .isFalse();
        laptop.restart();
        assertThat(devices()).element(1).isEqualTo(firefox);
    }

    @Test
    void recordIsRefreshedAfterAWeekAndNotBefore() {
        laptop.clock.move(Duration.ofDays(6));
        assertThat(laptop.sync().storageRequests()).isEqualTo(1);
        laptop.clock.move(Duration.ofDays(2));
        server.clearRequests();

        assertThat(laptop.sync().status()).isEqualTo(SyncStatus.OK);
        assertThat(routes()).contains(POST);
        server.clearRequests();
        laptop.sync();
        assertThat(routes()).doesNotContain(POST);
    }

    @Test
    void anotherTypeOrAccountDeviceIdIsTold() {
        setup.type = "tv";
        setup.fxaDeviceId = "082e3780d3878fa7bc109b3d4d1f906f";
        laptop.restart();

        laptop.sync();

        assertThat(record(laptopId).get("type").getAsString()).isEqualTo("tv");
        assertThat(record(laptopId).get("fxaDeviceId").getAsString()).isEqualTo("082e3780d3878fa7bc109b3d4d1f906f");
        assertThat(devices().get(0).findType()).contains("tv");
        assertThat(laptop.sync().storageRequests()).isEqualTo(1);
    }

    @Test
    void ownFieldsThatAreNotKnownHereAreKept() {
        JsonObject own = record(laptopId);
        own.addProperty("future", "kept");
        put(laptopId, own.toString());
        setup.type = "mobile";
        laptop.restart();

        laptop.sync();

        assertThat(record(laptopId).get("future").getAsString()).isEqualTo("kept");
        assertThat(record(laptopId).get("type").getAsString()).isEqualTo("mobile");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"id\":\"odd\"}",
                "{\"id\":\"odd\",\"name\":null,\"type\":null,\"commands\":null,\"protocols\":null,\"version\":null,"
                        + "\"application\":null,\"fxaDeviceId\":null,\"os\":null}",
                "{\"id\":\"odd\",\"name\":7,\"type\":[],\"commands\":{},\"protocols\":\"1.5\",\"version\":{}}",
                "{\"id\":\"odd\",\"commands\":[null,7,{},{\"command\":null},{\"command\":\"x\",\"args\":[null,1,{}]}]}",
                "{\"id\":\"odd\",\"protocols\":[null,1,\"1.1\"],\"device\":\"old format\"}"
            })
    void oddRecordOfAnotherDeviceIsADeviceWithoutAName(String json) {
        put("odd", json);

        assertThat(laptop.sync().status()).isEqualTo(SyncStatus.OK);

        assertThat(devices())
                .filteredOn(device -> device.id().equals("odd"))
                .singleElement()
                .satisfies(odd -> {
                    assertThat(odd.name()).isEqualTo("odd");
                    assertThat(odd.findType()).isEmpty();
                });
        assertThat(record("odd")).hasToString(json);
    }

    @Test
    void malformedRecordIsLeftAlone() {
        server.putBso(account, "clients", "bad", "no JSON");

        assertThat(laptop.sync().status()).isEqualTo(SyncStatus.OK);

        assertThat(devices()).hasSize(2);
        assertThat(server.bso(account, "clients", "bad")).isPresent();
    }

    @Test
    void recordThatNobodyCanOpenIsDeletedAfterALookAtTheKeys() {
        String payload =
                server.bso(account, "clients", FIREFOX_ID).orElseThrow().payload();
        server.putBso(account, "clients", "bad", payload.replaceFirst("\"hmac\":\"....", "\"hmac\":\"0000"));

        assertThat(laptop.sync().status()).isEqualTo(SyncStatus.OK);

        assertThat(server.bso(account, "clients", "bad")).isEmpty();
        assertThat(routes()).containsSubsequence("GET /storage/crypto/keys 200", "DELETE /storage/clients/bad 200");
        assertThat(devices()).hasSize(2);
        assertThat(laptop.sync().storageRequests()).isEqualTo(2);
        assertThat(laptop.sync().storageRequests()).isEqualTo(1);
    }

    @Test
    void whatAnotherDeviceWritesBeforeABadRecordIsDeletedIsNotOverwritten() {
        Command command = Command.of("wipeEngine", "forms");
        String payload =
                server.bso(account, "clients", FIREFOX_ID).orElseThrow().payload();
        for (String id : List.of("bad", "worse")) {
            server.putBso(account, "clients", id, payload.replaceFirst("\"hmac\":\"....", "\"hmac\":\"0000"));
        }
        laptop.service().send(command, Set.of(FIREFOX_ID));
        server.on("GET", "/storage/crypto/keys")
                .times(1)
                .before(() -> put(FIREFOX_ID, FIREFOX.replace("desktop", "mobile")));

        assertThat(laptop.sync().status()).isEqualTo(SyncStatus.OK);

        assertThat(record(FIREFOX_ID).get("type").getAsString()).isEqualTo("mobile");
        assertThat(commandsOf(FIREFOX_ID)).containsExactly(command);
        assertThat(devices().get(1).findType()).contains("mobile");
        assertThat(server.bsos(account, "clients")).hasSize(2);
    }

    @Test
    void unreadableRecordWithAnOddIdIsLeftAlone() {
        String payload =
                server.bso(account, "clients", FIREFOX_ID).orElseThrow().payload();
        server.putBso(account, "clients", "..", payload.replaceFirst("\"hmac\":\"....", "\"hmac\":\"0000"));

        assertThat(laptop.sync().status()).isEqualTo(SyncStatus.OK);

        assertThat(server.bsos(account, "clients")).hasSize(3);
        assertThat(onServer.writes()).noneMatch(write -> write.startsWith("DELETE"));
    }

    @Test
    void recordThatNewKeysOpenIsNotDeleted() {
        server.on("GET", "/storage/clients").times(1).before(() -> {
            onServer.changeKeyOf("clients");
            put(FIREFOX_ID, FIREFOX);
        });
        put(FIREFOX_ID, FIREFOX);

        assertThat(laptop.sync().status()).isEqualTo(SyncStatus.OK);

        assertThat(onServer.writes()).noneMatch(write -> write.startsWith("DELETE"));
        assertThat(devices()).extracting(Device::id).containsExactly(laptopId, FIREFOX_ID);
        assertThat(onServer.unreadable("clients")).isEmpty();
    }

    @Test
    void badRecordThatIsWrittenAnewInBetweenStays() {
        String payload =
                server.bso(account, "clients", FIREFOX_ID).orElseThrow().payload();
        server.putBso(account, "clients", "bad", payload.replaceFirst("\"hmac\":\"....", "\"hmac\":\"0000"));
        server.on("DELETE", "/storage/clients/bad").before(() -> put("bad", FIREFOX.replace(FIREFOX_ID, "bad")));

        assertThat(laptop.sync().status()).isEqualTo(SyncStatus.OK);
        laptop.sync();

        assertThat(devices()).extracting(Device::id).contains("bad");
    }

    @Test
    void conflictIsTriedAgainAFewTimes() {
        laptop.clock.move(Duration.ofDays(8));
        server.on("POST", "/storage/clients").answerTimes(2, 412, "0");

        assertThat(laptop.sync().status()).isEqualTo(SyncStatus.OK);

        laptop.clock.move(Duration.ofDays(8));
        server.clearFaults();
        server.clearRequests();
        server.on("POST", "/storage/clients").answerAlways(412, "0");
        assertThat(laptop.sync().status()).isEqualTo(SyncStatus.CONFLICT);
        assertThat(routes())
                .filteredOn(route -> route.startsWith("POST /storage/clients"))
                .hasSize(3);
    }

    @Test
    void recordIsReadBeforeTheEnginesOnlyWhenAnotherDeviceWrote() {
        MemoryEngine todo = laptop.engine("todo");
        laptop.sync();
        todo.put("a", "one");
        put(FIREFOX_ID, FIREFOX);
        server.clearRequests();

        laptop.sync();

        assertThat(routes())
                .containsExactly(
                        "GET /info/collections 200",
                        "GET /storage/clients?full=1&sort=oldest 200",
                        "POST /storage/todo?batch=true&commit=true 200");
    }

    @Test
    void failingClientsLetTheEnginesRun() {
        MemoryEngine todo = laptop.engine("todo");
        laptop.sync();
        todo.put("a", "one");
        put(FIREFOX_ID, FIREFOX);
        server.on("GET", "/storage/clients").answerOnce(500);

        assertThat(laptop.sync().status()).isEqualTo(SyncStatus.SERVICE_ERROR);
        assertThat(server.bsos(account, "todo")).hasSize(1);
        assertThat(laptop.sync().status()).isEqualTo(SyncStatus.OK);
    }
}
