// SPDX-License-Identifier: Apache-2.0
package io.heddle.server.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.heddle.server.bso.Timestamp;
import io.heddle.server.testing.SignedClient;
import io.heddle.server.testing.TestServer;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CollectionReadsTest extends StorageFixture {

    @Test
    void aMissingCollectionIsAnEmptyList() {
        HttpResponse<String> empty = client.get("/storage/forms?full=1");

        assertThat(empty.body()).isEqualTo("[]");
        assertThat(lastModified(empty)).isEqualTo(Timestamp.ZERO);
        assertThat(empty.headers().firstValue("X-Weave-Records")).contains("0");
    }

    @Test
    void newerAndOlderAreStrict() {
        server.putBso(account, "forms", "a", "x");
        Timestamp middle = server.putBso(account, "forms", "b", "x");
        Timestamp last = server.putBso(account, "forms", "c", "x");

        assertThat(ids("/storage/forms?newer=" + middle)).containsExactly("c");
        assertThat(ids("/storage/forms?older=" + middle)).containsExactly("a");
        assertThat(ids("/storage/forms?newer=0&older=" + last)).containsExactly("a", "b");
        assertThat(ids("/storage/forms?full=1&newer=" + last)).isEmpty();
    }

    @Test
    void idsSelectAndMissingOnesDoNotMatter() {
        server.putBsos(account, "forms", Map.of("a", "x", "b", "x", "c/d", "x"));

        assertThat(ids("/storage/forms?ids=a,c%2Fd,zz")).containsExactlyInAnyOrder("a", "c/d");
        refused(client.get("/storage/forms?ids="), 400, "0");
        refused(client.get("/storage/forms?ids=" + "a,".repeat(100) + "a"), 400, "0");
        status(client.get("/storage/forms?ids=" + "a,".repeat(99) + "a"), 200);
    }

    @Test
    void listsAreSortedAsAsked() {
        client.put("/storage/forms/a", "{\"payload\":\"\",\"sortindex\":5}");
        client.put("/storage/forms/b", "{\"payload\":\"\",\"sortindex\":-3}");
        client.put("/storage/forms/c", "{\"payload\":\"\",\"sortindex\":9}");
        client.put("/storage/forms/d", "{\"payload\":\"\"}");

        assertThat(ids("/storage/forms?sort=oldest")).containsExactly("a", "b", "c", "d");
        assertThat(ids("/storage/forms?sort=newest")).containsExactly("d", "c", "b", "a");
        assertThat(ids("/storage/forms?sort=index")).containsExactly("c", "a", "b", "d");
    }

    @Test
    void fullListsHoldWholeBsosAndOthersIds() {
        Timestamp time = server.putBso(account, "forms", "a", "x");

        assertThat(client.get("/storage/forms").body()).isEqualTo("[\"a\"]");
        assertThat(client.get("/storage/forms?full=1").body())
                .isEqualTo("[{\"id\":\"a\",\"modified\":" + time + ",\"payload\":\"x\"}]");
        assertThat(client.get("/storage/forms?full=false").body()).isEqualTo("[\"a\"]");
    }

    @Test
    void listsComeOneALineWhenAskedSo() {
        Timestamp time = server.putBsos(account, "forms", Map.of("a", "x", "b", "l\nm"));

        HttpResponse<String> lines = client.get("/storage/forms?full=1", "Accept", "application/newlines");

        assertThat(lines.headers().firstValue("Content-Type").orElse("")).startsWith("application/newlines");
        assertThat(lines.body())
                .isEqualTo("{\"id\":\"a\",\"modified\":" + time + ",\"payload\":\"x\"}\n{\"id\":\"b\",\"modified\":"
                        + time + ",\"payload\":\"l\\nm\"}\n");
        assertThat(client.get("/storage/forms", "Accept", "application/newlines")
                        .body())
                .isEqualTo("\"a\"\n\"b\"\n");
    }

    @Test
    void whatTheClientAcceptsDecides() {
        String firefox = "application/json;q=0.9,*/*;q=0.2";
        assertThat(client.get("/storage/forms", "Accept", firefox).body()).isEqualTo("[]");
        assertThat(client.get("/storage/forms", "Accept", "application/newlines;q=0.5, application/json;q=0.1")
                        .body())
                .isEmpty();
        status(client.get("/storage/forms", "Accept", "text/html"), 406);
        status(client.get("/info/collections", "Accept", "application/newlines"), 406);
    }

    @Test
    void pagesFollowEachOtherInEveryOrder() {
        for (int i = 0; i < 10; i++) {
            // Two of each time and three of each index, so that the keys alone don't tell BSOs apart.
            server.putBsos(account, "forms", Map.of("p" + i, "x", "q" + i, "x"));
        }
        client.post(
                "/storage/forms",
                "[{\"id\":\"p1\",\"sortindex\":4},{\"id\":\"p2\",\"sortindex\":4},"
                        + "{\"id\":\"p3\",\"sortindex\":4},{\"id\":\"p4\",\"sortindex\":2}]");

        for (String sort : List.of("", "&sort=oldest", "&sort=newest", "&sort=index")) {
            for (int limit : new int[] {1, 3, 7, 10, 20, 21}) {
                assertThat(drained("/storage/forms?full=1&limit=" + limit + sort))
                        .as(sort + limit)
                        .isEqualTo(ids("/storage/forms?full=1" + sort))
                        .hasSize(20);
            }
        }
    }

    @Test
    void aPageTellsItsSizeAndWhetherMoreFollows() {
        server.putBsos(account, "forms", Map.of("a", "x", "b", "x", "c", "x"));

        HttpResponse<String> first = client.get("/storage/forms?limit=2");
        HttpResponse<String> last =
                client.get("/storage/forms?limit=2&offset=" + nextOffset(first).orElseThrow());

        assertThat(first.headers().firstValue("X-Weave-Records")).contains("2");
        assertThat(last.headers().firstValue("X-Weave-Records")).contains("1");
        assertThat(nextOffset(last)).isEmpty();
        assertThat(nextOffset(client.get("/storage/forms?limit=3"))).isEmpty();
    }

    @Test
    void pagesGoTogetherWithNewerAndOldest() {
        List<Timestamp> times = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            times.add(server.putBso(account, "forms", "p" + i, "x"));
        }

        assertThat(drained("/storage/forms?limit=2&sort=oldest&newer=" + times.get(0)))
                .containsExactly("p1", "p2", "p3", "p4", "p5");
    }

    @Test
    void aChangeBetweenPagesIsFoundByTheCondition() {
        server.putBsos(account, "forms", Map.of("a", "x", "b", "x", "c", "x"));
        HttpResponse<String> first = client.get("/storage/forms?limit=1");
        String rest = "/storage/forms?limit=1&offset=" + nextOffset(first).orElseThrow();
        String unless = lastModified(first).toString();
        status(client.get(rest, "X-If-Unmodified-Since", unless), 200);

        server.putBso(account, "forms", "d", "x");

        status(client.get(rest, "X-If-Unmodified-Since", unless), 412);
    }

    @Test
    void bsosThatComeAndGoBetweenPagesMoveNothing() {
        server.putBso(account, "forms", "a", "x");
        server.putBso(account, "forms", "b", "x");
        server.putBso(account, "forms", "c", "x");
        HttpResponse<String> first = client.get("/storage/forms?limit=2");
        server.deleteBso(account, "forms", "a");
        server.putBso(account, "forms", "0", "x");

        assertThat(ids("/storage/forms?limit=2&offset=" + nextOffset(first).orElseThrow()))
                .containsExactly("c", "0");
    }

    @Test
    void aLimitOfTheServersOwnCutsUnasked() {
        stop();
        server = TestServer.builder().pageLimit(3).start();
        account = server.newAccount();
        client = SignedClient.signIn(server, account);
        for (int i = 0; i < 7; i++) {
            server.putBso(account, "forms", "p" + i, "x");
        }

        assertThat(ids("/storage/forms")).hasSize(3);
        assertThat(ids("/storage/forms?limit=100")).hasSize(3);
        assertThat(ids("/storage/forms?limit=2")).hasSize(2);
        assertThat(drained("/storage/forms?full=1")).hasSize(7);
    }

    @Test
    void malformedParametersAreRefused() {
        for (String query : List.of("newer=x", "newer=-1", "older=", "limit=-1", "limit=x", "sort=up", "offset=%21")) {
            refused(client.get("/storage/forms?" + query), 400, "0");
        }
    }

    private List<String> drained(String path) {
        List<String> all = new ArrayList<>();
        Optional<String> offset = Optional.empty();
        do {
            HttpResponse<String> page = client.get(path
                    + offset.map(next -> (path.contains("?") ? "&" : "?") + "offset=" + next)
                            .orElse(""));
            all.addAll(strings(array(page)));
            offset = nextOffset(page);
        } while (offset.isPresent());
        return all;
    }

    private static Optional<String> nextOffset(HttpResponse<String> page) {
        return page.headers()
                .firstValue("X-Weave-Next-Offset")
                .map(offset -> URLEncoder.encode(offset, StandardCharsets.UTF_8));
    }
}
