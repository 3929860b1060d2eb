// SPDX-License-Identifier: Apache-2.0
package io.heddle.launcher.account;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import io.heddle.api.account.Credentials;
import java.io.IOException;
import java.io.Reader;
import java.net.InetAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Reads an account file strictly: every mistake is told with the file and the field, never with a value. */
final class AccountReader {

    private static final Set<String> FIELDS = Set.of("tokenServer", "accessToken", "keyId", "syncKey", "localServer");

    private final Path file;
    private final JsonObject fields;

    private AccountReader(Path file, JsonObject fields) {
        this.file = file;
        this.fields = fields;
    }

    /**
     * Reads a file.
     *
     * @param file the account file
     * @return what it says, to be closed after use
     * @throws IOException when it can't be read, or says something wrong
     */
    static AccountFile read(Path file) throws IOException {
        return new AccountReader(file, parse(file)).account();
    }

    private static JsonObject parse(Path file) throws IOException {
        try (Reader text = Files.newBufferedReader(file);
                JsonReader json = new JsonReader(text)) {
            json.setStrictness(Strictness.STRICT);
            JsonElement element = JsonParser.parseReader(json);
            if (!element.isJsonObject() || json.peek() != JsonToken.END_DOCUMENT) {
                throw new IOException("account file " + file + " must hold one JSON object");
            }
            return element.getAsJsonObject();
        } catch (NoSuchFileException e) {
            throw new IOException("account file " + file + " does not exist", e);
        } catch (JsonParseException | IOException e) {
            // The parser's own message may quote the text, which is secret.
            if (e instanceof IOException known && String.valueOf(e.getMessage()).startsWith("account file")) {
                throw known;
            }
            boolean syntax =
                    e instanceof JsonParseException || e.getClass().getName().startsWith("com.google.gson");
            throw new IOException("account file " + file + (syntax ? " is not valid JSON" : " can't be read: " + e));
        }
    }

    private AccountFile account() throws IOException {
        Set<String> unknown = new TreeSet<>(fields.keySet());
        unknown.removeAll(FIELDS);
        if (!unknown.isEmpty()) {
            throw wrong(unknown.iterator().next(), "is not known");
        }
        URI tokenServer = tokenServer();
        String accessToken = text("accessToken");
        require(accessToken.matches("[!-~]+"), "accessToken", "must be visible ASCII without spaces");
        String keyId = text("keyId");
        require(keyId.matches("[0-9]{1,16}-[A-Za-z0-9_-]{1,64}"), "keyId", "must be MILLISECONDS-BASE64URL");
        Optional<Path> localServer = localServer();
        if (localServer.isPresent()) {
            require(
                    tokenServer.getScheme().equals("http") && tokenServer.getPort() > 0 && isLoopback(tokenServer),
                    "tokenServer",
                    "must be http://127.0.0.1:PORT when there is a localServer");
        }
        return new AccountFile(
                new AccountServer(tokenServer, keyId, localServer),
                accessToken.getBytes(StandardCharsets.US_ASCII),
                syncKey());
    }

    private URI tokenServer() throws IOException {
        String text = text("tokenServer");
        try {
            URI uri = URI.create(text);
            require(
                    uri.getHost() != null
                            && ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))
                            && uri.getRawUserInfo() == null,
                    "tokenServer",
                    "must be an http or https URL");
            return uri;
        } catch (IllegalArgumentException e) {
            throw wrong("tokenServer", "must be an http or https URL");
        }
    }

    private byte[] syncKey() throws IOException {
        try {
            byte[] key = Base64.getUrlDecoder().decode(text("syncKey"));
            require(
                    key.length == Credentials.SYNC_KEY_BYTES,
                    "syncKey",
                    "must be " + Credentials.SYNC_KEY_BYTES + " bytes, found " + key.length);
            return key;
        } catch (IllegalArgumentException e) {
            throw wrong("syncKey", "must be base64url");
        }
    }

    /** A relative path is meant from the file on, so that the folder of both can be moved. */
    private Optional<Path> localServer() throws IOException {
        if (!fields.has("localServer")) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    file.toAbsolutePath().resolveSibling(text("localServer")).normalize());
        } catch (InvalidPathException e) {
            throw wrong("localServer", "must be a path");
        }
    }

    private static boolean isLoopback(URI uri) throws IOException {
        return InetAddress.getByName(uri.getHost()).isLoopbackAddress();
    }

    private String text(String name) throws IOException {
        JsonElement value = fields.get(name);
        require(value != null, name, "is missing");
        require(value instanceof JsonPrimitive text && text.isString(), name, "must be a text");
        String text = value.getAsString();
        require(!text.isBlank(), name, "is empty");
        return text;
    }

    private void require(boolean condition, String field, String complaint) throws IOException {
        if (!condition) {
            throw wrong(field, complaint);
        }
    }

    private IOException wrong(String field, String complaint) {
        return new IOException("account file " + file + ": " + field + " " + complaint);
    }
}
