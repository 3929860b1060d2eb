// SPDX-License-Identifier: Apache-2.0
package io.heddle.server.wire;

import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import io.heddle.server.bso.BsoChange;
import java.io.CharArrayReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads BSOs as clients send them. A body that isn't JSON, or has other fields, is refused as a whole; a bad value only for its BSO. */
public final class BsoReader {
    private final JsonReader json;
    private final List<BsoChange> changes = new ArrayList<>();
    private final Map<String, String> failed = new LinkedHashMap<>();
    private final Set<String> ids = new HashSet<>();

    private BsoReader(byte[] body) throws CharacterCodingException {
        // A decoder that reports: a replaced character would come back as another text than was sent.
        CharBuffer text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body));
        this.json = new JsonReader(new CharArrayReader(text.array(), 0, text.limit()));
        json.setStrictness(Strictness.STRICT);
    }

    /**
     * Reads the body of a POST.
     *
     * @param body the body
     * @param newlines whether it is one BSO a line, and not an array
     * @return its BSOs
     * @throws StorageRefusal 400 when the body is refused as a whole
     */
    public static Upload readList(byte[] body, boolean newlines) throws StorageRefusal {
        return checked(newlines ? joined(body) : body, BsoReader::array);
    }

    /**
     * Reads the body of a PUT.
     *
     * @param body the body
     * @param id the path's; one in the body must be the same
     * @return what it changes
     * @throws StorageRefusal 400 when the body is refused
     */
    public static BsoChange readOne(byte[] body, String id) throws StorageRefusal {
        Upload upload = checked(body, reader -> reader.item(Optional.of(id)));
        if (!upload.failed().isEmpty()) {
            throw invalid(upload.failed().get(id));
        }
        return upload.changes().get(0);
    }

    /** The lines as one array. No JSON string holds a bare line end, and Latin-1 keeps every byte as it is. */
    private static byte[] joined(byte[] body) {
        return new String(body, StandardCharsets.ISO_8859_1)
                .lines()
                .filter(line -> !line.isBlank())
                .collect(Collectors.joining(",", "[", "]"))
                .getBytes(StandardCharsets.ISO_8859_1);
    }

    private interface Part {
        void read(BsoReader reader) throws IOException, StorageRefusal;
    }

    private static Upload checked(byte[] body, Part part) throws StorageRefusal {
        try {
            BsoReader reader = new BsoReader(body);
            part.read(reader);
            if (reader.json.peek() != JsonToken.END_DOCUMENT) {
                throw StorageRefusal.badRequest(StorageRefusal.JSON, "more than one JSON value");
            }
            return new Upload(reader.changes, reader.failed);
        } catch (IOException malformed) {
            throw StorageRefusal.badRequest(StorageRefusal.JSON, "malformed JSON");
        } catch (IllegalStateException otherShape) {
            throw invalid("not of a BSO's shape");
        }
    }

    private void array() throws IOException, StorageRefusal {
        json.beginArray();
        while (json.hasNext()) {
            item(Optional.empty());
        }
        json.endArray();
    }

    private void item(Optional<String> pathId) throws IOException, StorageRefusal {
        Fields fields = new Fields();
        json.beginObject();
        while (json.hasNext()) {
            fields.read(json.nextName());
        }
        json.endObject();
        String id = fields.id.or(() -> pathId).orElseThrow(() -> invalid("a BSO without an id"));
        if (pathId.isPresent() && !pathId.get().equals(id)) {
            throw invalid("another id than the path's");
        }
        if (!ids.add(id)) {
            throw invalid("the same id twice");
        }
        if (!Route.isBsoId(id)) {
            fields.problem = "invalid id";
        }
        if (fields.problem.isEmpty()) {
            changes.add(new BsoChange(id, fields.payload, fields.sortindex, fields.ttl));
        } else {
            failed.put(id, fields.problem);
        }
    }

    private static StorageRefusal invalid(String what) {
        return StorageRefusal.badRequest(StorageRefusal.INVALID_BSO, what);
    }

    /** What one JSON object says; null in it is the same as nothing. */
    private final class Fields {
        private Optional<String> id = Optional.empty();
        private Optional<String> payload = Optional.empty();
        private OptionalInt sortindex = OptionalInt.empty();
        private OptionalLong ttl = OptionalLong.empty();
        private String problem = "";

        void read(String name) throws IOException, StorageRefusal {
            boolean isNull = json.peek() == JsonToken.NULL;
            switch (name) {
                case "id" -> id = Optional.of(text().orElseThrow(() -> invalid("an id that is no string")));
                case "payload" -> payload = isNull ? nothing() : or("invalid payload", text());
                case "sortindex" -> {
                    Optional<String> digits = isNull ? nothing() : or("invalid sortindex", number("-?\\d{1,9}"));
                    sortindex =
                            digits.map(n -> OptionalInt.of(Integer.parseInt(n))).orElse(OptionalInt.empty());
                }
                case "ttl" -> {
                    Optional<String> digits = isNull ? nothing() : or("invalid ttl", number("\\d{1,9}"));
                    ttl = digits.map(n -> OptionalLong.of(Long.parseLong(n))).orElse(OptionalLong.empty());
                }
                case "modified", "collection" -> json.skipValue();
                default -> throw invalid("unknown field");
            }
        }

        private Optional<String> text() throws IOException {
            if (json.peek() == JsonToken.STRING) {
                return Optional.of(json.nextString());
            }
            json.skipValue();
            return Optional.empty();
        }

        private Optional<String> number(String pattern) throws IOException {
            if (json.peek() == JsonToken.NUMBER) {
                return Optional.of(json.nextString()).filter(digits -> digits.matches(pattern));
            }
            json.skipValue();
            return Optional.empty();
        }

        private Optional<String> or(String otherwise, Optional<String> value) {
            if (value.isEmpty()) {
                problem = otherwise;
            }
            return value;
        }

        private Optional<String> nothing() throws IOException {
            json.skipValue();
            return Optional.empty();
        }
    }
}
