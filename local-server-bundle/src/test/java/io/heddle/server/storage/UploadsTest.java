// SPDX-License-Identifier: Apache-2.0
package io.heddle.server.storage;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import io.heddle.server.bso.Timestamp;
import io.heddle.server.testing.SignedClient;
import io.heddle.server.testing.TestServer;
import io.heddle.server.testing.TestServerBuilder;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class UploadsTest extends StorageFixture {

    @Override
    TestServerBuilder wishes() {
        return TestServer.builder().limits(new Limits(5, 200, 100, 1000, 8, 300));
    }

    @Test
    void everyGoodBsoIsWrittenAtOneTime() {
        HttpResponse<String> posted = client.post("/storage/forms", bsos("a", "b"));
        JsonObject json = object(posted);

        status(posted, 200);
        assertThat(strings(json.getAsJsonArray("success"))).containsExactly("a", "b");
        assertThat(json.getAsJsonObject("failed").size()).isZero();
        assertThat(posted.body()).startsWith("{\"modified\":" + lastModified(posted) + ",");
        assertThat(time(posted, "X-Weave-Timestamp")).isEqualTo(lastModified(posted));
        assertThat(server.bsos(account, "forms"))
                .allSatisfy(bso -> assertThat(bso.modified()).isEqualTo(lastModified(posted)));
    }

    @Test
    void bsosComeInEveryForm() {
        String lines = "{\"id\":\"a\",\"payload\":\"é\"}\n\n{\"id\":\"b\",\"payload\":\"x\"}\n";

        status(client.post("/storage/forms", lines, "Content-Type", "application/newlines"), 200);
        status(client.post("/storage/forms", bsos("c"), "Content-Type", "text/plain"), 200);
        status(client.post("/storage/forms", bsos("d"), "Content-Type", "application/json; charset=utf-8"), 200);
        status(client.post("/storage/forms", bsos("e"), "Content-Type", "application/x-www-form-urlencoded"), 415);

        assertThat(ids("/storage/forms")).containsExactly("a", "b", "c", "d");
        assertThat(server.bso(account, "forms", "a").orElseThrow().payload()).isEqualTo("é");
    }

    @Test
    void aBadValueFailsItsBsoOnly() {
        String body =
                "[{\"id\":\"a\",\"payload\":\"x\"},{\"id\":\"b\",\"payload\":2},{\"id\":\"c\",\"sortindex\":\"9\"},"
                        + "{\"id\":\"" + "x".repeat(65) + "\",\"payload\":\"x\"}]";

        JsonObject json = object(client.post("/storage/forms", body));

        assertThat(strings(json.getAsJsonArray("success"))).containsExactly("a");
        assertThat(json.getAsJsonObject("failed").keySet()).containsExactly("b", "c", "x".repeat(65));
        assertThat(ids("/storage/forms")).containsExactly("a");
    }

    @Test
    void aBadBodyIsRefusedAsAWhole() {
        refused(client.post("/storage/forms", bsos("a", "b", "a")), 400, "8");
        refused(client.post("/storage/forms", "[{\"payload\":\"x\"}]"), 400, "8");
        refused(client.post("/storage/forms", "[{\"id\":1,\"payload\":\"x\"}]"), 400, "8");
        refused(client.post("/storage/forms", "[{\"id\":\"a\",\"mood\":\"x\"}]"), 400, "8");
        refused(client.post("/storage/forms", "{\"id\":\"a\"}"), 400, "8");
        refused(client.post("/storage/forms", "[1]"), 400, "8");
        refused(client.post("/storage/forms", "[{]"), 400, "6");
        refused(client.post("/storage/forms", ""), 400, "6");
        assertThat(server.timestamps(account)).isEmpty();
    }

    @Test
    void bsosOverALimitAreToBeSentAgain() {
        String big = "[{\"id\":\"big\",\"payload\":\"" + "x".repeat(101) + "\"},{\"id\":\"a\",\"payload\":\"x\"}]";
        JsonObject tooBig = object(client.post("/storage/forms", big));
        JsonObject tooMany = object(client.post("/storage/forms", bsos("1", "2", "3", "4", "5", "6")));
        String hundred = "\",\"payload\":\"" + "x".repeat(99) + "\"}";
        JsonObject tooMuch = object(client.post(
                "/storage/tabs", "[{\"id\":\"1" + hundred + ",{\"id\":\"2" + hundred + ",{\"id\":\"3" + hundred + "]"));

        assertThat(tooBig.getAsJsonObject("failed").get("big").getAsString()).isEqualTo("retry bytes");
        assertThat(tooMany.getAsJsonObject("failed").get("6").getAsString()).isEqualTo("retry bso");
        assertThat(tooMuch.getAsJsonObject("failed").get("3").getAsString()).isEqualTo("retry bytes");
        assertThat(ids("/storage/forms")).hasSize(6).doesNotContain("big", "6");
        assertThat(ids("/storage/tabs")).containsExactly("1", "2");
    }

    @Test
    void oversizedRequestsAndPayloadsAreRefused() {
        status(client.post("/storage/forms", " ".repeat(1001)), 413);
        status(client.put("/storage/forms/a", "{\"payload\":\"" + "x".repeat(1000) + "\"}"), 413);
        status(client.put("/storage/forms/a", "{\"payload\":\"" + "x".repeat(101) + "\"}"), 413);
        status(client.put("/storage/forms/a", "{\"payload\":\"" + "x".repeat(100) + "\"}"), 200);
    }

    @Test
    void announcedSizesOverALimitAreRefusedEarly() {
        refused(client.post("/storage/forms", bsos("a"), "X-Weave-Records", "6"), 400, "17");
        refused(client.post("/storage/forms", bsos("a"), "X-Weave-Bytes", "201"), 400, "17");
        refused(client.post("/storage/forms?batch=true", bsos("a"), "X-Weave-Total-Records", "9"), 400, "17");
        refused(client.post("/storage/forms?batch=true", bsos("a"), "X-Weave-Total-Bytes", "301"), 400, "17");
        refused(client.post("/storage/forms", bsos("a"), "X-Weave-Records", "many"), 400, "0");
        status(client.post("/storage/forms", bsos("a"), "X-Weave-Records", "5", "X-Weave-Bytes", "200"), 200);
    }

    @Test
    void aBatchIsInvisibleUntilItsCommit() {
        Timestamp before = server.putBso(account, "forms", "old", "x");
        HttpResponse<String> opened = client.post("/storage/forms?batch=true", bsos("a", "b"));
        String batch = batch(opened);
        HttpResponse<String> second = client.post("/storage/forms?batch=" + batch, bsos("c", "old"));

        status(opened, 202);
        status(second, 202);
        assertThat(lastModified(opened)).isEqualTo(before);
        assertThat(lastModified(second)).isEqualTo(before);
        assertThat(ids("/storage/forms")).containsExactly("old");
        assertThat(client.post("/storage/tabs?batch=true", bsos("t")).statusCode())
                .isEqualTo(202);
        assertThat(server.timestamps(account)).containsOnlyKeys("forms");

        HttpResponse<String> committed = client.post("/storage/forms?batch=" + batch + "&commit=true", bsos("d"));

        status(committed, 200);
        assertThat(strings(object(committed).getAsJsonArray("success"))).containsExactly("d");
        assertThat(lastModified(committed)).isGreaterThan(before);
        assertThat(server.bsos(account, "forms"))
                .hasSize(5)
                .allSatisfy(bso -> assertThat(bso.modified()).isEqualTo(lastModified(committed)));
        assertThat(server.timestamps(account)).containsEntry("forms", lastModified(committed));
    }

    @Test
    void anEmptyCommitIsACommit() {
        String first = batch(client.post("/storage/forms?batch=true", bsos("a")));
        status(client.post("/storage/forms?batch=" + first + "&commit=true", "[]"), 200);
        String second = batch(client.post("/storage/forms?batch=true", bsos("b")));
        status(client.post("/storage/forms?batch=" + second + "&commit=true", ""), 200);

        assertThat(ids("/storage/forms")).containsExactly("a", "b");
    }

    @Test
    void aCommittedBatchIsGone() {
        String batch = batch(client.post("/storage/forms?batch=true", bsos("a")));
        client.post("/storage/forms?batch=" + batch + "&commit=true", "[]");
        server.deleteBso(account, "forms", "a");

        refused(client.post("/storage/forms?batch=" + batch + "&commit=true", "[]"), 400, "0");
        refused(client.post("/storage/forms?batch=" + batch, bsos("b")), 400, "0");
        assertThat(ids("/storage/forms")).isEmpty();
    }

    @Test
    void aBatchBelongsToItsCollectionAndUser() {
        String batch = batch(client.post("/storage/forms?batch=true", bsos("a")));

        refused(client.post("/storage/tabs?batch=" + batch, bsos("b")), 400, "0");
        refused(client.post("/storage/forms?batch=nonsense", bsos("b")), 400, "0");
        refused(client.post("/storage/forms?batch=AAAAAAAAAAA%3D", bsos("b")), 400, "0");
        refused(client.post("/storage/forms?commit=true", bsos("b")), 400, "0");
    }

    @Test
    void aBatchThatIsCommittedAtOnceIsAPlainPost() {
        HttpResponse<String> posted = client.post("/storage/forms?batch=true&commit=true", bsos("a"));

        status(posted, 200);
        assertThat(object(posted).has("batch")).isFalse();
        assertThat(ids("/storage/forms")).containsExactly("a");
    }

    @Test
    void theCommitsOwnBsosWinOverTheBatchs() {
        String batch = batch(client.post(
                "/storage/forms?batch=true",
                "[{\"id\":\"a\",\"payload\":\"1\",\"sortindex\":4},{\"id\":\"b\",\"payload\":\"1\"}]"));
        client.post("/storage/forms?batch=" + batch + "&commit=true", "[{\"id\":\"a\",\"payload\":\"2\"}]");

        assertThat(server.bso(account, "forms", "a").orElseThrow().payload()).isEqualTo("2");
        assertThat(server.bso(account, "forms", "a").orElseThrow().sortindex()).hasValue(4);
        assertThat(server.bso(account, "forms", "b").orElseThrow().payload()).isEqualTo("1");
    }

    @Test
    void aBatchKeepsWhatItsBsosLeaveOut() {
        client.put("/storage/forms/a", "{\"payload\":\"old\",\"sortindex\":3,\"ttl\":5}");
        HttpResponse<String> put = client.put("/storage/forms/b", "{\"payload\":\"old\"}");
        String batch = batch(client.post(
                "/storage/forms?batch=true",
                "[{\"id\":\"a\",\"ttl\":1000},{\"id\":\"b\",\"ttl\":1000},{\"id\":\"c\"}]"));
        client.post("/storage/forms?batch=" + batch + "&commit=true", "[]");
        server.moveClock(Duration.ofSeconds(100));

        assertThat(server.bso(account, "forms", "a").orElseThrow().sortindex()).hasValue(3);
        assertThat(server.bso(account, "forms", "b").orElseThrow().payload()).isEqualTo("old");
        assertThat(server.bso(account, "forms", "b").orElseThrow().modified()).isEqualTo(lastModified(put));
        assertThat(server.bso(account, "forms", "c").orElseThrow().payload()).isEmpty();
    }

    @Test
    void badBsosOfABatchFailAndTheRestIsCommitted() {
        HttpResponse<String> opened = client.post(
                "/storage/forms?batch=true", "[{\"id\":\"a\",\"payload\":\"x\"},{\"id\":\"b\",\"payload\":1}]");
        assertThat(object(opened).getAsJsonObject("failed").keySet()).containsExactly("b");
        HttpResponse<String> committed = client.post(
                "/storage/forms?batch=" + batch(opened) + "&commit=true",
                "[{\"id\":\"c\",\"payload\":\"x\"},{\"id\":\"d\",\"sortindex\":\"x\"}]");

        assertThat(object(committed).getAsJsonObject("failed").keySet()).containsExactly("d");
        assertThat(ids("/storage/forms")).containsExactly("a", "c");
    }

    @Test
    void theTimeToLiveCountsFromTheCommit() {
        String batch =
                batch(client.post("/storage/forms?batch=true", "[{\"id\":\"a\",\"payload\":\"x\",\"ttl\":100}]"));
        server.moveClock(Duration.ofSeconds(90));
        client.post("/storage/forms?batch=" + batch + "&commit=true", "[]");
        server.moveClock(Duration.ofSeconds(90));
        assertThat(ids("/storage/forms")).containsExactly("a");
        server.moveClock(Duration.ofSeconds(20));
        assertThat(ids("/storage/forms")).isEmpty();
    }

    @Test
    void aBatchThatIsTooOldIsGone() {
        String batch = batch(client.post("/storage/forms?batch=true", bsos("a")));
        server.moveClock(Duration.ofHours(3));
        client = SignedClient.signIn(server, account);

        refused(client.post("/storage/forms?batch=" + batch + "&commit=true", "[]"), 400, "0");
        status(client.post("/storage/forms?batch=true", bsos("b")), 202);
    }

    @Test
    void aBatchOverTheTotalsIsRefused() {
        String batch = batch(client.post("/storage/forms?batch=true", bsos("1", "2", "3", "4", "5")));
        refused(client.post("/storage/forms?batch=" + batch, bsos("6", "7", "8", "9")), 400, "17");
        status(client.post("/storage/forms?batch=" + batch + "&commit=true", bsos("6", "7", "8")), 200);
        assertThat(ids("/storage/forms")).hasSize(8);
    }

    @Test
    void everyPostOfABatchHasItsCondition() {
        Timestamp before = server.putBso(account, "forms", "old", "x");
        String unless = before.toString();
        HttpResponse<String> opened =
                client.post("/storage/forms?batch=true", bsos("a"), "X-If-Unmodified-Since", unless);
        String batch = batch(opened);
        status(client.post("/storage/forms?batch=" + batch, bsos("b"), "X-If-Unmodified-Since", unless), 202);
        server.putBso(account, "forms", "other", "x");

        status(client.post("/storage/forms?batch=" + batch, bsos("c"), "X-If-Unmodified-Since", unless), 412);
        status(
                client.post("/storage/forms?batch=" + batch + "&commit=true", "[]", "X-If-Unmodified-Since", unless),
                412);
        assertThat(ids("/storage/forms")).containsExactly("old", "other");
    }

    @Test
    void twoBatchesOfOneCollectionDoNotMix() {
        String first = batch(client.post("/storage/forms?batch=true", bsos("a", "both")));
        String second = batch(client.post("/storage/forms?batch=true", bsos("b", "both")));
        client.post("/storage/forms?batch=" + second + "&commit=true", "[]");
        assertThat(ids("/storage/forms")).containsExactly("b", "both");
        client.post("/storage/forms?batch=" + first + "&commit=true", "[]");
        assertThat(ids("/storage/forms")).containsExactlyInAnyOrder("a", "b", "both");
    }

    @Test
    void aDeletedCollectionTakesItsOpenBatchesAlong() {
        server.putBso(account, "forms", "x", "x");
        String batch = batch(client.post("/storage/forms?batch=true", bsos("a")));
        client.delete("/storage/forms");

        refused(client.post("/storage/forms?batch=" + batch + "&commit=true", "[]"), 400, "0");
    }

    static String batch(HttpResponse<String> response) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(202);
        String id = object(response).get("batch").getAsString();
        return URLEncoder.encode(id, StandardCharsets.UTF_8);
    }
}
