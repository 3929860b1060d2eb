// SPDX-License-Identifier: Apache-2.0
package io.heddle.launcher.server;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heddle.launcher.account.FileAccount;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServerDatabaseTest {

    @TempDir
    Path folder;

    private Path server;
    private Path state;
    private FileAccount account;
    private String keyId;

    @BeforeEach
    void makeAnAccount() throws IOException {
        server = folder.resolve("server");
        state = folder.resolve("manager.json");
        FileAccount.makeMissing(folder.resolve("account.json"), server);
        account = FileAccount.open(folder.resolve("account.json"));
        keyId = account.server().keyId();
    }

    @Test
    void aLostDatabaseIsToldWithBothFiles() throws IOException {
        Files.writeString(state, stateOf(keyId));

        assertThatThrownBy(() -> ServerDatabase.requireRight(account, state, true))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(server.resolve("heddle-server.mv.db").toString())
                .hasMessageContaining(state.toString());
    }

    @Test
    void aDatabaseThatIsThereIsFine() throws IOException {
        Files.writeString(state, stateOf(keyId));
        Files.createDirectories(server);
        Files.createFile(server.resolve("heddle-server.mv.db"));

        assertThatCode(() -> ServerDatabase.requireRight(account, state, true)).doesNotThrowAnyException();
        assertThatThrownBy(() -> ServerDatabase.requireNone(folder.resolve("account.json"), server))
                .hasMessageContaining(server.resolve("heddle-server.mv.db").toString())
                .hasMessageContaining(folder.resolve("account.json").toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"format\":1}", "{\"account\":{}}", "{\"account\":{\"keyId\":[]}}", "damaged", "[]", ""})
    void aDeviceThatHasNotSyncedMayBeginWithANewDatabase(String text) throws IOException {
        Files.writeString(state, text);

        assertThatCode(() -> ServerDatabase.requireRight(account, state, true)).doesNotThrowAnyException();
    }

    @Test
    void aNewAccountMayBeginWithANewDatabase() throws IOException {
        assertThatCode(() -> ServerDatabase.requireRight(account, state, true)).doesNotThrowAnyException();
        Files.writeString(state, stateOf("1761000000000-of-another-account"));

        assertThatCode(() -> ServerDatabase.requireRight(account, state, true)).doesNotThrowAnyException();
        assertThatCode(() -> ServerDatabase.requireNone(folder.resolve("account.json"), server))
                .doesNotThrowAnyException();
    }

    @Test
    void aCopiedAccountFileDoesNotBeginWithANewDatabase() throws IOException {
        assertThatThrownBy(() -> ServerDatabase.requireRight(account, state, false))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(server.resolve("heddle-server.mv.db").toString())
                .hasMessageContaining(folder.resolve("account.json").toString());

        Files.createDirectories(server);
        Files.createFile(server.resolve("heddle-server.mv.db"));
        assertThatCode(() -> ServerDatabase.requireRight(account, state, false)).doesNotThrowAnyException();
    }

    private static String stateOf(String keyId) {
        return "{\"format\":1,\"deviceId\":\"d\",\"account\":{\"uid\":1,\"endpoint\":\"http://127.0.0.1:23456/1.5/1\","
                + "\"keyId\":\"" + keyId + "\"}}";
    }
}
