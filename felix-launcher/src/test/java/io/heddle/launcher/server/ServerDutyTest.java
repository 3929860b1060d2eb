// SPDX-License-Identifier: Apache-2.0
package io.heddle.launcher.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServerDutyTest {

    private static final ServerDuty.Condition ALWAYS = () -> {};
    private static final ServerDuty.Condition NEVER = () -> {
        throw new IOException("it must not run here");
    };

    @TempDir
    Path folder;

    private HttpServer http;

    @AfterEach
    void stop() {
        if (http != null) {
            http.stop(0);
        }
    }

    @Test
    void whereNobodyAnswersTheDutyIsOurs() throws IOException {
        int port = freePort();

        try (ServerDuty duty =
                ServerDuty.take(address(port), folder.resolve("server"), ALWAYS).orElseThrow()) {
            assertThat(duty.port()).isEqualTo(port);
            assertThat(duty.folder()).isDirectory();
            assertThat(FolderLock.take(duty.folder())).isEmpty();
        }
        Optional<FolderLock> next = FolderLock.take(folder.resolve("server"));
        assertThat(next).isPresent();
        next.get().close();
    }

    @Test
    void whatMustHoldIsLookedAtBeforeTheFolderIsMade() throws IOException {
        int port = freePort();

        assertThatThrownBy(() -> ServerDuty.take(address(port), folder.resolve("server"), NEVER))
                .hasMessage("it must not run here");

        assertThat(folder.resolve("server")).doesNotExist();
    }

    @Test
    void whatMustHoldIsLookedAtUnderTheLockWhichIsFreeAgainWhereItDoesNotHold() throws IOException {
        int port = freePort();

        assertThatThrownBy(() -> ServerDuty.take(address(port), folder, () -> {
                    assertThat(FolderLock.take(folder)).isEmpty();
                    NEVER.check();
                }))
                .hasMessage("it must not run here");

        FolderLock.take(folder).orElseThrow().close();
    }

    @Test
    void whereATokenServerAnswersNothingIsToBeDone() throws IOException {
        URI address = serve(401, "{\"status\": \"invalid-credentials\", \"errors\": []}");

        assertThat(ServerDuty.take(address, folder, NEVER)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "200 | {\"status\": \"ok\"}",
                "401 | <html>",
                "401 | []",
                "401 | {}",
                "404 | {\"status\": \"error\"}"
            })
    void anotherProgramAtThePortIsTold(int status, String body) throws IOException {
        URI address = serve(status, body);

        assertThatThrownBy(() -> ServerDuty.take(address, folder, NEVER))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("another program")
                .hasMessageContaining(address.toString());
    }

    @Test
    void theOneThatWaitsGetsTheServerThatComesUp() throws IOException {
        int port = freePort();
        try (ServerDuty duty = ServerDuty.take(address(port), folder, ALWAYS).orElseThrow()) {
            Thread start = new Thread(() -> serveAt(port, 401, "{\"status\": \"invalid-credentials\"}"));
            start.start();

            // The other one may be making the database that the condition misses.
            assertThat(ServerDuty.take(address(duty.port()), folder, NEVER)).isEmpty();
        }
    }

    private URI serve(int status, String body) {
        serveAt(0, status, body);
        return address(http.getAddress().getPort());
    }

    private synchronized void serveAt(int port, int status, String body) {
        try {
            http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        http.createContext("/1.0/sync/1.5", exchange -> {
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        http.start();
    }

    private static URI address(int port) {
        return URI.create("http://127.0.0.1:" + port);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
