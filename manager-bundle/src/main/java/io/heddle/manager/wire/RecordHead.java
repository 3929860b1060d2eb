// SPDX-License-Identifier: Apache-2.0
package io.heddle.manager.wire;

import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import io.heddle.manager.failure.SyncException;
import java.io.IOException;
import java.io.StringReader;
import java.util.Objects;

/**
 * What the manager itself reads in the cleartext of a record, whatever else is in it.
 *
 * @param id the field {@code id}
 * @param deleted whether the field {@code deleted} is true: the record is a tombstone
 */
public record RecordHead(String id, boolean deleted) {

    /** Checks that nothing is missing. */
    public RecordHead {
        Objects.requireNonNull(id, "id");
    }

    /**
     * Reads a cleartext to its end, in whatever form of JSON; the usual one has a scanner of its own.
     *
     * @param json the cleartext
     * @return its head
     * @throws SyncException.Malformed when it is no JSON object with a string {@code id}
     */
    public static RecordHead parse(String json) throws SyncException.Malformed {
        String id = null;
        boolean deleted = false;
        try (JsonReader reader = new JsonReader(new StringReader(json))) {
            reader.setStrictness(Strictness.STRICT);
            if (reader.peek() != JsonToken.BEGIN_OBJECT) {
                throw new SyncException.Malformed("a record: expected a JSON object, found another kind");
            }
            reader.beginObject();
            while (reader.hasNext()) {
                String name = reader.nextName();
                JsonToken kind = reader.peek();
                if (name.equals("id") && kind == JsonToken.STRING) {
                    id = reader.nextString();
                } else if (name.equals("deleted") && kind == JsonToken.BOOLEAN) {
                    deleted = reader.nextBoolean();
                } else {
                    reader.skipValue();
                }
            }
            reader.endObject();
            // Throws when there is more.
            reader.peek();
        } catch (IOException e) {
            throw new SyncException.Malformed("a record: expected a JSON object, found no JSON");
        }
        if (id == null) {
            throw new SyncException.Malformed("a record: expected a string id, found none");
        }
        return new RecordHead(id, deleted);
    }
}
