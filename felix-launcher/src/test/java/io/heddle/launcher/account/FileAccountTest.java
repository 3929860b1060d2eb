// SPDX-License-Identifier: Apache-2.0
package io.heddle.launcher.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.BYTE_ARRAY;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.heddle.api.account.Credentials;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.reflect.Field;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FileAccountTest {

    private static final String KEY_ID = "1762000000000-AAECAwQFBgcICQoLDA0ODw";

    private static final String SYNC_KEY = "k".repeat(86);

    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void nameTheFile() {
        file = folder.resolve("home").resolve("account.json");
    }

    @Test
    void aNewAccountIsCompleteAndItsOwnersAlone() throws IOException {
        assertThat(FileAccount.makeMissing(file, folder.resolve("server"))).isTrue();

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.getParent())))
                .isEqualTo("rwx------");
        try (var files = Files.list(file.getParent())) {
            assertThat(files).containsExactly(file);
        }
        JsonObject json = JsonParser.parseString(Files.readString(file)).getAsJsonObject();
        assertThat(json.get("tokenServer").getAsString()).matches("http://127\\.0\\.0\\.1:2[0-9]{4}");
        assertThat(json.get("keyId").getAsString()).matches("[0-9]{13}-[A-Za-z0-9_-]{22}");
        assertThat(Base64.getUrlDecoder().decode(json.get("syncKey").getAsString()))
                .hasSize(64);
        assertThat(json.get("localServer").getAsString())
                .as("not within the folder of the account file")
                .isEqualTo(folder.resolve("server").toString());
    }

    @Test
    void aNewAccountMovesWithTheFolderOfItsServer() throws IOException {
        FileAccount.makeMissing(file, file.resolveSibling("server"));
        Path moved = folder.resolve("moved");
        Files.move(file.getParent(), moved);

        assertThat(JsonParser.parseString(Files.readString(moved.resolve("account.json")))
                        .getAsJsonObject()
                        .get("localServer")
                        .getAsString())
                .isEqualTo("server");
        assertThat(FileAccount.open(moved.resolve("account.json")).server().localServer())
                .contains(moved.resolve("server"));
    }

    @Test
    void aNewAccountGivesTheManagerItsCredentials() throws IOException {
        FileAccount.makeMissing(file, folder.resolve("server"));
        FileAccount account = FileAccount.open(file);

        try (Credentials credentials = account.findCredentials().orElseThrow()) {
            assertThat(credentials.tokenServer()).isEqualTo(account.server().tokenServer());
            assertThat(credentials.syncKey()).hasSize(64).isNotEqualTo(new byte[64]);
            assertThat(credentials.accessToken()).hasSizeGreaterThan(40);
        }
        assertThat(account.server().localServer()).contains(folder.resolve("server"));
    }

    @Test
    void twoNewAccountsShareNoSecret() throws IOException {
        Path other = folder.resolve("other.json");
        FileAccount.makeMissing(file, folder.resolve("server"));
        FileAccount.makeMissing(other, folder.resolve("server"));

        try (Credentials one = FileAccount.open(file).findCredentials().orElseThrow();
                Credentials two = FileAccount.open(other).findCredentials().orElseThrow()) {
            assertThat(one.syncKey()).isNotEqualTo(two.syncKey());
            assertThat(one.accessToken()).isNotEqualTo(two.accessToken());
            assertThat(one.keyId()).isNotEqualTo(two.keyId());
        }
    }

    @Test
    void anAccountThatIsThereStaysAsItIs() throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, "anything");

        assertThat(FileAccount.makeMissing(file, folder)).isFalse();
        assertThat(file).hasContent("anything");
    }

    @Test
    void aRelativeServerFolderIsMeantFromTheFileOn() throws IOException {
        write(valid());

        assertThat(FileAccount.open(file).server().localServer())
                .contains(file.getParent().resolve("server"));
    }

    @Test
    void anotherServerNeedsNoFolder() throws IOException {
        JsonObject json = valid();
        json.remove("localServer");
        json.addProperty("tokenServer", "https://token.example.com/1.0/sync/1.5");
        write(json);

        assertThat(FileAccount.open(file).server().localServer()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "tokenServer | ''                   | is empty",
                "tokenServer | ftp://127.0.0.1      | must be an http or https URL",
                "tokenServer | not a URL            | must be an http or https URL",
                "tokenServer | http://me:pw@x       | must be an http or https URL",
                "tokenServer | https://127.0.0.1:80 | must be http://127.0.0.1:PORT when there is a localServer",
                "tokenServer | http://127.0.0.1     | must be http://127.0.0.1:PORT when there is a localServer",
                "tokenServer | http://192.0.2.1:80  | must be http://127.0.0.1:PORT when there is a localServer",
                "accessToken | two words            | must be visible ASCII without spaces",
                "keyId       | 17620               | must be MILLISECONDS-BASE64URL",
                "syncKey     | AAAA                 | must be 64 bytes, found 3",
                "syncKey     | a+b/                 | must be base64url",
                "syncKey     |                      | is missing",
                "localserver | server               | is not known",
            })
    void aWrongFieldIsToldWithItsName(String field, String value, String complaint) throws IOException {
        JsonObject json = valid();
        if (value == null) {
            json.remove(field);
        } else {
            json.addProperty(field, value);
        }
        write(json);

        assertThatThrownBy(() -> FileAccount.open(file))
                .isInstanceOf(IOException.class)
                .hasMessage("account file " + file + ": " + field + " " + complaint);
    }

    @Test
    void aNumberIsNoText() throws IOException {
        JsonObject json = valid();
        json.addProperty("keyId", 12);
        write(json);

        assertThatThrownBy(() -> FileAccount.open(file)).hasMessage("account file " + file + ": keyId must be a text");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"syncKey\": \"SECRET       | is not valid JSON",
                "{'syncKey': SECRET}          | is not valid JSON",
                "{} SECRET                    | is not valid JSON",
                "[]                           | must hold one JSON object",
                "{} {}                        | is not valid JSON",
            })
    void aFileThatIsNoObjectIsToldWithoutItsText(String text, String complaint) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);

        assertThatThrownBy(() -> FileAccount.open(file))
                .isInstanceOf(IOException.class)
                .hasMessage("account file " + file + " " + complaint)
                .hasStackTraceContaining("account file")
                .satisfies(e -> assertThat(stackTrace(e)).doesNotContain("SECRET"));
    }

    @Test
    void aMissingFileIsTold() {
        assertThatThrownBy(() -> FileAccount.open(file)).hasMessage("account file " + file + " does not exist");
    }

    @Test
    void aFreshTokenInTheFileIsTakenOnce() throws IOException {
        write(valid());
        FileAccount account = FileAccount.open(file);
        assertThat(account.refreshCredentials()).isEmpty();

        JsonObject json = valid();
        json.addProperty("accessToken", "fresh");
        write(json);

        try (Credentials credentials = account.refreshCredentials().orElseThrow()) {
            assertThat(credentials.accessToken()).isEqualTo("fresh");
        }
        assertThat(account.refreshCredentials()).isEmpty();
    }

    @Test
    void nothingPrintsASecret() throws IOException {
        write(valid());

        assertThat(AccountReader.read(file)).hasToString("AccountFile");
    }

    @Test
    void whatWasReadIsErasedAfterUse() throws IOException {
        write(valid());
        AccountFile read = AccountReader.read(file);
        List<byte[]> secrets = bytesIn(read);
        assertThat(secrets).hasSize(2).allSatisfy(secret -> assertThat(secret).isNotEqualTo(new byte[secret.length]));

        read.close();

        assertThat(secrets).allSatisfy(secret -> assertThat(secret).isEqualTo(new byte[secret.length]));
    }

    @Test
    void anAccountThatIsOpenHoldsNoSecret() throws IOException {
        write(valid());
        FileAccount account = FileAccount.open(file);
        account.findCredentials().orElseThrow().close();
        account.refreshCredentials();

        assertThat(bytesIn(account))
                .as("a digest of the access token, and nothing else")
                .singleElement(BYTE_ARRAY)
                .hasSize(32)
                .isNotEqualTo(Base64.getUrlDecoder().decode(SYNC_KEY));
        assertThat(Stream.of(FileAccount.class.getDeclaredFields(), AccountServer.class.getDeclaredFields())
                        .flatMap(Arrays::stream)
                        .map(Field::getType))
                .as("nothing else could hold one")
                .isSubsetOf(Path.class, AccountServer.class, byte[].class, URI.class, String.class, Optional.class);
        assertThat(account.server().toString()).doesNotContain("a-token").doesNotContain(SYNC_KEY);
    }

    private static List<byte[]> bytesIn(Object holder) {
        return Arrays.stream(holder.getClass().getDeclaredFields())
                .filter(field -> field.getType() == byte[].class)
                .map(field -> {
                    try {
                        field.setAccessible(true);
                        return (byte[]) field.get(holder);
                    } catch (IllegalAccessException e) {
                        throw new AssertionError(e);
                    }
                })
                .toList();
    }

    private static String stackTrace(Throwable thrown) {
        StringWriter text = new StringWriter();
        thrown.printStackTrace(new PrintWriter(text));
        return text.toString();
    }

    private static JsonObject valid() {
        JsonObject json = new JsonObject();
        json.addProperty("tokenServer", "http://127.0.0.1:23456");
        json.addProperty("accessToken", "a-token");
        json.addProperty("keyId", KEY_ID);
        json.addProperty("syncKey", SYNC_KEY);
        json.addProperty("localServer", "server");
        return json;
    }

    private void write(JsonObject json) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, json.toString());
    }
}
