// SPDX-License-Identifier: Apache-2.0
package io.heddle.manager.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.heddle.api.SyncStatus;
import io.heddle.manager.crypto.Hawk;
import io.heddle.manager.crypto.HawkCredentials;
import io.heddle.manager.storage.StorageRoute;
import io.heddle.manager.storage.TokenClient;
import io.heddle.server.testing.TestAccount;
import io.heddle.server.testing.TestServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Addresses of all kinds, reached and signed as their public form says. */
class AddressTest {

    @TempDir
    Path folder;

    /** The server believes in its public URL, and checks every signature against that. */
    @ParameterizedTest
    @CsvSource({"127.0.0.1, 127.0.0.1, /sync", "127.0.0.1, localhost, /a/deep/path", "::1, [::1], /sync"})
    void aServerBehindAProxysPathIsReachedAndBelievesTheSignatures(String address, String host, String prefix)
            throws IOException {
        assumeTrue(isHere(address), "this machine has no " + address);
        int port = freePort();
        try (StrippingProxy proxy = new StrippingProxy(address, prefix, port)) {
            String publicUrl = "http://" + host + ":" + proxy.port() + prefix;
            proxy.start();
            try (TestServer server =
                    TestServer.builder().port(port).publicUrl(publicUrl).start()) {
                TestAccount account = server.newAccount();
                try (TestDevice laptop = new TestDevice(server, account, folder.resolve("laptop"), "Laptop");
                        TestDevice phone = new TestDevice(server, account, folder.resolve("phone"), "Phone")) {
                    laptop.useTokenServer(URI.create(publicUrl));
                    phone.useTokenServer(URI.create(publicUrl + "/"));
                    // An id that must be encoded, and so must be signed as encoded.
                    laptop.engine("todo").put("a b/c%?", "one");

                    assertThat(laptop.sync().status()).isEqualTo(SyncStatus.OK);
                    MemoryEngine todo = phone.engine("todo");
                    assertThat(phone.sync().status()).isEqualTo(SyncStatus.OK);

                    assertThat(todo.items()).isEqualTo(Map.of("a b/c%?", "one"));
                    assertThat(server.requests())
                            .isNotEmpty()
                            .allMatch(request -> request.status() < 400 || request.status() == 404);
                }
            }
        }
    }

    private static boolean isHere(String address) {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName(address))) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "https://token.example.org,                 https://token.example.org/1.0/sync/1.5",
        "https://token.example.org/,                https://token.example.org/1.0/sync/1.5",
        "https://token.example.org/1.0/sync/1.5,    https://token.example.org/1.0/sync/1.5",
        "https://token.example.org/1.0/sync/1.5/,   https://token.example.org/1.0/sync/1.5",
        "https://example.org:8443/token,            https://example.org:8443/token/1.0/sync/1.5",
        "https://example.org/token/,                https://example.org/token/1.0/sync/1.5",
        "http://[::1]:5000,                         http://[::1]:5000/1.0/sync/1.5",
    })
    void theTokenServersAddressIsCompleted(URI configured, URI asked) {
        assertThat(TokenClient.addressOf(configured)).isEqualTo(asked);
    }

    @ParameterizedTest
    @CsvSource({
        "https://h.example.org/1.5/7,       storage/a,  /1.5/7/storage/a",
        "https://h.example.org:8443/1.5/7,  storage/a,  /1.5/7/storage/a",
        "https://[2001:db8::7]:444/x/1.5/7, storage/a,  /x/1.5/7/storage/a",
    })
    void aRouteKeepsTheEndpointsPath(URI endpoint, String route, String path) {
        URI uri = StorageRoute.collection("a").under(endpoint);

        assertThat(uri.getRawPath()).isEqualTo(path).endsWith(route);
        assertThat(uri.getRawAuthority()).isEqualTo(endpoint.getRawAuthority());
    }

    @Test
    void idsAndOffsetsAreEncodedOnceAndSignedAsSent() {
        URI endpoint = URI.create("https://h.example.org/1.5/7");
        URI uri = StorageRoute.record("todo", "a/b c%{}")
                .with("offset", "1:2&x=ä")
                .under(endpoint);

        assertThat(uri.toString())
                .isEqualTo("https://h.example.org/1.5/7/storage/todo/a%2Fb%20c%25%7B%7D?offset=1%3A2%26x%3D%C3%A4");
    }

    @Test
    void theMacDependsOnEachPartOfTheAddress() {
        try (HawkCredentials credentials = new HawkCredentials("id", "key")) {
            List<String> macs = List.of(
                            "https://h.example.org/1.5/7/storage/a",
                            "http://h.example.org/1.5/7/storage/a",
                            "https://h.example.org:444/1.5/7/storage/a",
                            "https://[2001:db8::7]/1.5/7/storage/a",
                            "https://h.example.org/x/1.5/7/storage/a",
                            "https://h.example.org/1.5/7/storage/a?full=1")
                    .stream()
                    .map(uri -> Hawk.authorization(credentials, "GET", URI.create(uri), 1, "n"))
                    .toList();

            assertThat(macs).doesNotHaveDuplicates();
            // The default port is signed whether or not it is written.
            assertThat(Hawk.authorization(
                            credentials, "GET", URI.create("https://H.example.org:443/1.5/7/storage/a"), 1, "n"))
                    .isEqualTo(macs.get(0));
        }
    }
}
