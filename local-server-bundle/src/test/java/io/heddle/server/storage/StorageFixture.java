// SPDX-License-Identifier: Apache-2.0
package io.heddle.server.storage;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.heddle.server.bso.Timestamp;
import io.heddle.server.testing.SignedClient;
import io.heddle.server.testing.TestAccount;
import io.heddle.server.testing.TestServer;
import io.heddle.server.testing.TestServerBuilder;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A server with one account and one client, for tests of the storage routes. */
abstract class StorageFixture {
    TestServer server;
    TestAccount account;
    SignedClient client;

    TestServerBuilder wishes() {
        return TestServer.builder();
    }

    @BeforeEach
    void start() {
        server = wishes().start();
        account = server.newAccount();
        client = SignedClient.signIn(server, account);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    static JsonObject object(HttpResponse<String> response) {
        assertThat(response.headers().firstValue("Content-Type").orElse("")).startsWith("application/json");
        return JsonParser.parseString(response.body()).getAsJsonObject();
    }

    static JsonArray array(HttpResponse<String> response) {
        assertThat(response.statusCode()).isEqualTo(200);
        return JsonParser.parseString(response.body()).getAsJsonArray();
    }

    static List<String> strings(JsonArray array) {
        List<String> strings = new ArrayList<>();
        array.forEach(element -> strings.add(
                element.isJsonObject() ? element.getAsJsonObject().get("id").getAsString() : text(element)));
        return strings;
    }

    private static String text(JsonElement element) {
        return element.getAsString();
    }

    /** The ids that a GET answers, of whole BSOs too. */
    List<String> ids(String path) {
        return strings(array(client.get(path)));
    }

    static Timestamp time(HttpResponse<String> response, String header) {
        String text = response.headers().firstValue(header).orElseThrow();
        assertThat(text).matches("\\d+\\.\\d\\d");
        return Timestamp.parse(text).orElseThrow();
    }

    static Timestamp lastModified(HttpResponse<String> response) {
        return time(response, "X-Last-Modified");
    }

    static void refused(HttpResponse<String> response, int status, String body) {
        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.body()).isEqualTo(body);
        time(response, "X-Weave-Timestamp");
    }

    static void status(HttpResponse<String> response, int status) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        time(response, "X-Weave-Timestamp");
    }

    /** A list of BSOs, each with its id as payload. */
    static String bsos(String... ids) {
        JsonArray list = new JsonArray();
        for (String id : ids) {
            JsonObject bso = new JsonObject();
            bso.addProperty("id", id);
            bso.addProperty("payload", id);
            list.add(bso);
        }
        return list.toString();
    }
}
