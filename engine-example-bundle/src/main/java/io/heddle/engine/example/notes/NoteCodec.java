// SPDX-License-Identifier: Apache-2.0
package io.heddle.engine.example.notes;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import io.heddle.engine.example.notes.files.NotePath;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The records of both collections.
 *
 * <p>A note with text is {@code {"id":"LbS4eC7XRGGc","path":"recipes/Brot.md","modified":1795398488940,"sha256":"9f…",
 * "text":"# Brot"}}. Any other has, instead of {@code text}, {@code "size":300000,"chunkBytes":196608,"salt":"…",
 * "chunks":["…","…"]}, and each of its pieces is {@code {"id":"…","note":"LbS4eC7XRGGc","index":0,"data":"BASE64"}}.
 */
final class NoteCodec {

    /** A record that doesn't follow the format. */
    static final class MalformedException extends Exception {
        private static final long serialVersionUID = 1L;

        MalformedException(String message) {
            super(message);
        }
    }

    /** A note's record: its version and, unless it is in pieces, its text. */
    record Content(NoteVersion version, Optional<String> text) {}

    /** A piece's record. */
    record Chunk(String noteId, byte[] data) {}

    private static final Gson GSON = new GsonBuilder().disableHtmlEscaping().create();
    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");
    private static final int CHUNK_ID_BYTES = 18;

    private NoteCodec() {}

    static Content parseNote(String text) throws MalformedException {
        try {
            JsonObject json = JsonParser.parseString(text).getAsJsonObject();
            String path = NotePath.normal(string(json, "path"));
            String sha256 = string(json, "sha256");
            long modified = number(json, "modified");
            if (!SHA256.matcher(sha256).matches()) {
                throw new MalformedException("sha256 is no hash");
            }
            if (json.has("text")) {
                String contents = string(json, "text");
                long size = contents.getBytes(StandardCharsets.UTF_8).length;
                return new Content(NoteVersion.ofText(path, sha256, size, modified), Optional.of(contents));
            }
            List<String> chunks = new ArrayList<>();
            for (JsonElement chunk : array(json, "chunks")) {
                chunks.add(chunk.getAsString());
            }
            long size = number(json, "size");
            int chunkBytes = Math.toIntExact(number(json, "chunkBytes"));
            if (chunkBytes < 1 || size < 1 || chunks.size() != (size - 1) / chunkBytes + 1) {
                throw new MalformedException("its size and its number of pieces don't agree");
            }
            return new Content(
                    new NoteVersion(
                            path, sha256, size, modified, string(json, "salt"), chunkBytes, List.copyOf(chunks)),
                    Optional.empty());
        } catch (JsonParseException
                | IllegalStateException
                | UnsupportedOperationException
                | ArithmeticException
                | NumberFormatException e) {
            throw new MalformedException("it doesn't have the fields of a note");
        }
    }

    static Chunk parseChunk(String text) throws MalformedException {
        try {
            JsonObject json = JsonParser.parseString(text).getAsJsonObject();
            return new Chunk(string(json, "note"), Base64.getDecoder().decode(string(json, "data")));
        } catch (JsonParseException | IllegalStateException | IllegalArgumentException e) {
            throw new MalformedException("it doesn't have the fields of a piece");
        }
    }

    static String renderNote(String id, NoteVersion version, Optional<String> text) {
        JsonObject json = new JsonObject();
        json.addProperty("id", id);
        json.addProperty("path", version.path());
        json.addProperty("modified", version.modifiedMillis());
        json.addProperty("sha256", version.sha256());
        if (text.isPresent()) {
            json.addProperty("text", text.get());
        } else {
            json.addProperty("size", version.size());
            json.addProperty("chunkBytes", version.chunkBytes());
            json.addProperty("salt", version.salt());
            JsonArray chunks = new JsonArray();
            version.chunks().forEach(chunks::add);
            json.add("chunks", chunks);
        }
        return GSON.toJson(json);
    }

    static String renderChunk(String chunkId, String noteId, int index, byte[] data) {
        JsonObject json = new JsonObject();
        json.addProperty("id", chunkId);
        json.addProperty("note", noteId);
        json.addProperty("index", index);
        json.addProperty("data", Base64.getEncoder().encodeToString(data));
        return GSON.toJson(json);
    }

    /**
     * Derives a piece's id from its contents and place, so that an unchanged piece keeps its id. The salt, which is in
     * the sealed note, keeps the server from telling a known file by the ids.
     */
    static String chunkId(String salt, String noteId, int index, byte[] data) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(salt.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            mac.update((noteId + "\n" + index + "\n").getBytes(StandardCharsets.UTF_8));
            byte[] hash = Arrays.copyOf(mac.doFinal(data), CHUNK_ID_BYTES);
            return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HmacSHA256", e);
        }
    }

    private static String string(JsonObject json, String name) {
        JsonElement element = json.get(name);
        if (element == null || !element.isJsonPrimitive()) {
            throw new JsonParseException("a field is missing");
        }
        return element.getAsString();
    }

    private static JsonArray array(JsonObject json, String name) {
        if (!(json.get(name) instanceof JsonArray array)) {
            throw new JsonParseException("a field is missing");
        }
        return array;
    }

    private static long number(JsonObject json, String name) {
        return Long.parseLong(string(json, name));
    }
}
