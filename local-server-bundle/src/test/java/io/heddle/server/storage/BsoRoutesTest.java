// SPDX-License-Identifier: Apache-2.0
package io.heddle.server.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.heddle.server.bso.Timestamp;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class BsoRoutesTest extends StorageFixture {

    @Test
    void whatIsPutCanBeReadBack() {
        HttpResponse<String> put = client.put("/storage/forms/a", "{\"payload\":\"x\",\"sortindex\":7}");
        HttpResponse<String> got = client.get("/storage/forms/a");

        status(put, 200);
        assertThat(put.body()).isEqualTo(lastModified(put).toString());
        assertThat(time(put, "X-Weave-Timestamp")).isEqualTo(lastModified(put));
        assertThat(got.body())
                .isEqualTo("{\"id\":\"a\",\"modified\":" + put.body() + ",\"payload\":\"x\",\"sortindex\":7}");
        assertThat(lastModified(got)).isEqualTo(lastModified(put));
    }

    @Test
    void everyCharacterOfAPayloadComesBack() {
        String payload = "\\\"\\\\ \\n \\u0000 \\u2028 é 漢 \\ud83d\\ude00 </script>";
        client.put("/storage/forms/a", "{\"payload\":\"" + payload + "\"}");

        assertThat(object(client.get("/storage/forms/a")).get("payload").getAsString())
                .isEqualTo("\"\\ \n \0 \u2028 é 漢 \ud83d\ude00 </script>");
    }

    @Test
    void aPayloadAsLargeAsTheLimitComesBack() {
        String payload = "é".repeat(2_621_440 / 2 - 200);
        status(client.put("/storage/forms/a", "{\"payload\":\"" + payload + "\"}"), 200);

        assertThat(object(client.get("/storage/forms/a")).get("payload").getAsString())
                .isEqualTo(payload);
    }

    @Test
    void idsMayHoldAnyPrintableCharacter() {
        status(client.put("/storage/forms/a%2Fb%2B%20%25c", "{\"payload\":\"x\"}"), 200);
        status(client.put("/storage/passwords/%7Buuid%7D", "{\"payload\":\"x\"}"), 200);

        assertThat(server.bso(account, "forms", "a/b+ %c")).isPresent();
        assertThat(server.bso(account, "passwords", "{uuid}")).isPresent();
        assertThat(object(client.get("/storage/forms/a%2Fb%2B%20%25c"))
                        .get("id")
                        .getAsString())
                .isEqualTo("a/b+ %c");
        refused(client.put("/storage/forms/" + "x".repeat(65), "{}"), 400, "8");
        refused(client.put("/storage/forms/%C3%A9", "{}"), 400, "8");
    }

    @Test
    void absentFieldsKeepTheirValue() {
        client.put("/storage/forms/a", "{\"payload\":\"x\",\"sortindex\":7}");
        HttpResponse<String> second = client.put("/storage/forms/a", "{\"sortindex\":8}");
        HttpResponse<String> third = client.put("/storage/forms/a", "{\"payload\":\"y\"}");

        assertThat(lastModified(third)).isGreaterThan(lastModified(second));
        assertThat(client.get("/storage/forms/a").body())
                .isEqualTo("{\"id\":\"a\",\"modified\":" + third.body() + ",\"payload\":\"y\",\"sortindex\":8}");
    }

    @Test
    void aNewTimeToLiveAloneDoesNotModifyTheBso() {
        HttpResponse<String> first = client.put("/storage/forms/a", "{\"payload\":\"x\",\"ttl\":10}");
        HttpResponse<String> second = client.put("/storage/forms/a", "{\"ttl\":1000}");
        server.moveClock(Duration.ofSeconds(100));

        HttpResponse<String> got = client.get("/storage/forms/a");

        assertThat(lastModified(got)).isEqualTo(lastModified(first));
        assertThat(server.timestamps(account)).containsEntry("forms", lastModified(second));
    }

    @Test
    void aBsoWithoutPayloadHasAnEmptyOne() {
        client.put("/storage/forms/a", "{\"sortindex\":1}");

        assertThat(object(client.get("/storage/forms/a")).get("payload").getAsString())
                .isEmpty();
    }

    @Test
    void anExpiredBsoIsGoneAndCanBeMadeAnew() {
        client.put("/storage/forms/a", "{\"payload\":\"x\",\"ttl\":10,\"sortindex\":3}");
        server.moveClock(Duration.ofSeconds(11));

        status(client.get("/storage/forms/a"), 404);
        assertThat(ids("/storage/forms")).isEmpty();
        status(client.delete("/storage/forms/a"), 404);
        status(client.put("/storage/forms/a", "{\"payload\":\"y\"}", "X-If-Unmodified-Since", "0"), 200);
        assertThat(object(client.get("/storage/forms/a")).has("sortindex")).isFalse();
    }

    @Test
    void aMissingBsoIsA404WithJson() {
        HttpResponse<String> missing = client.get("/storage/forms/a");

        status(missing, 404);
        assertThat(object(missing).get("status").getAsString()).isEqualTo("error");
        status(client.delete("/storage/forms/a"), 404);
    }

    @Test
    void aDeletedBsoIsGoneAndItsCollectionChanged() {
        server.putBso(account, "forms", "a", "x");
        Timestamp before = server.putBso(account, "forms", "b", "x");

        HttpResponse<String> deleted = client.delete("/storage/forms/a");

        status(deleted, 200);
        assertThat(ids("/storage/forms")).containsExactly("b");
        assertThat(server.timestamps(account).get("forms"))
                .isEqualTo(lastModified(deleted))
                .isGreaterThan(before);
    }

    @Test
    void unknownFieldsAreRefusedExceptModifiedAndCollection() {
        status(
                client.put(
                        "/storage/meta/global",
                        "{\"payload\":\"x\",\"id\":\"global\",\"modified\":0,\"collection\":\"meta\"}",
                        "Content-Type",
                        "text/plain",
                        "X-If-Unmodified-Since",
                        "0"),
                200);
        refused(client.put("/storage/forms/a", "{\"payload\":\"x\",\"parentid\":\"p\"}"), 400, "8");
    }

    @Test
    void malformedBodiesAreRefused() {
        refused(client.put("/storage/forms/a", "{\"payload\":"), 400, "6");
        refused(client.put("/storage/forms/a", "{} {}"), 400, "6");
        refused(client.put("/storage/forms/a", "{payload:1}"), 400, "6");
        refused(client.put("/storage/forms/a", "[]"), 400, "8");
        refused(client.put("/storage/forms/a", "{\"payload\":1}"), 400, "8");
        refused(client.put("/storage/forms/a", "{\"id\":\"b\",\"payload\":\"x\"}"), 400, "8");
        refused(client.put("/storage/forms/a", "{\"sortindex\":1000000000}"), 400, "8");
        refused(client.put("/storage/forms/a", "{\"sortindex\":\"1\"}"), 400, "8");
        refused(client.put("/storage/forms/a", "{\"ttl\":-1}"), 400, "8");
        refused(client.put("/storage/forms/a", "{\"ttl\":1000000000}"), 400, "8");
        status(client.put("/storage/forms/a", "{\"payload\":\"x\"}", "Content-Type", "application/xml"), 415);
        status(client.put("/storage/forms/a", "{\"payload\":\"x\"}", "Content-Type", "application/newlines"), 415);
        assertThat(server.timestamps(account)).isEmpty();
    }

    @Test
    void keysWithAnIvOfZerosAreRefused() {
        String zeros = "{\"payload\":\"{\\\"IV\\\":\\\"AAAAAAAAAAAAAAAAAAAAAA==\\\",\\\"ciphertext\\\":\\\"x\\\"}\"}";

        refused(client.put("/storage/crypto/keys", zeros), 400, "8");
        refused(
                client.post("/storage/crypto", "[" + zeros.replace("{\"payload", "{\"id\":\"keys\",\"payload") + "]"),
                400,
                "8");
        status(client.put("/storage/forms/keys", zeros), 200);
        status(
                client.put("/storage/crypto/keys", "{\"payload\":\"{\\\"IV\\\":\\\"AAAAAAAAAAAAAAAAAAAAAQ==\\\"}\"}"),
                200);
    }

    @Test
    void otherMethodsAreNotAllowed() {
        refused(client.post("/storage/forms/a", "{}"), 405, "1");
        refused(client.send("PATCH", "/storage/forms/a", "{}"), 405, "1");
        refused(client.put("/storage/forms", "[]"), 405, "1");
        refused(client.get("/storage"), 405, "1");
        refused(client.put("/info/collections", "{}"), 405, "1");
    }

    @Test
    void malformedNamesAndUnknownPathsAreRefused() {
        refused(client.get("/storage/no%20name/a"), 400, "13");
        refused(client.get("/storage/" + "x".repeat(33)), 400, "13");
        status(client.get("/storage/a/b/c"), 404);
        status(client.get("/info/nothing"), 404);
        status(client.get("/elsewhere"), 404);
    }
}
