// SPDX-License-Identifier: Apache-2.0
package io.heddle.manager.wire;

import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import io.heddle.engine.ServerTimestamp;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalInt;

/** The fields of one BSO while it is read from a stream of JSON. */
final class BsoFields {

    private static final int MAX_ID_LENGTH = 64;

    private String id = "";
    private Optional<ServerTimestamp> modified = Optional.empty();
    private OptionalInt sortIndex = OptionalInt.empty();
    private String payload = "";
    private boolean wrong;

    private BsoFields() {}

    /**
     * Reads the next value.
     *
     * @return the BSO; a malformed one when the value is JSON, but no BSO
     * @throws IOException when the value is no JSON, or can't be read
     */
    static Bso read(JsonReader in) throws IOException {
        BsoFields fields = new BsoFields();
        if (in.peek() != JsonToken.BEGIN_OBJECT) {
            in.skipValue();
            return fields.toBso();
        }
        in.beginObject();
        while (in.hasNext()) {
            fields.readField(in.nextName(), in);
        }
        in.endObject();
        return fields.toBso();
    }

    private void readField(String name, JsonReader in) throws IOException {
        JsonToken kind = in.peek();
        if (name.equals("id") && kind == JsonToken.STRING) {
            id = in.nextString();
            wrong |= !isId(id);
        } else if (name.equals("payload") && kind == JsonToken.STRING) {
            payload = in.nextString();
        } else if (name.equals("modified") && (kind == JsonToken.NUMBER || kind == JsonToken.STRING)) {
            readModified(in.nextString());
        } else if (name.equals("sortindex") && kind == JsonToken.NUMBER) {
            readSortIndex(in.nextString());
        } else {
            wrong |= name.equals("payload") || (name.equals("modified") && kind != JsonToken.NULL);
            in.skipValue();
        }
    }

    private void readModified(String text) {
        try {
            modified = Optional.of(ServerTimestamp.parse(text));
        } catch (IllegalArgumentException e) {
            wrong = true;
        }
    }

    /** Only a weight: one that is out of range is no reason to leave the record out. */
    private void readSortIndex(String text) {
        try {
            sortIndex = OptionalInt.of(Integer.parseInt(text));
        } catch (NumberFormatException e) {
            sortIndex = OptionalInt.empty();
        }
    }

    private Bso toBso() {
        return new Bso(isId(id) ? id : "", modified, sortIndex, wrong ? "" : payload);
    }

    private static boolean isId(String text) {
        return !text.isEmpty() && text.length() <= MAX_ID_LENGTH && text.chars().allMatch(c -> c >= ' ' && c <= '~');
    }
}
