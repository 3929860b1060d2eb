// SPDX-License-Identifier: Apache-2.0
package io.heddle.manager.wire;

import com.google.gson.stream.JsonReader;
import io.heddle.engine.ServerTimestamp;
import io.heddle.manager.failure.SyncException;
import java.io.IOException;
import java.io.StringReader;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A basic storage object as the server hands it out, such as
 * {@code {"id":"LbS4eC7XRGGca6lf","modified":1795398488.94,"sortindex":100,"payload":"…"}}.
 *
 * @param id its id, 1 to 64 characters from space to {@code ~}; empty only in a {@link #isMalformed() malformed} one
 * @param modified when it was last written, when the server says so
 * @param sortIndex its weight in its collection, when it has one
 * @param payload its payload, as a rule sealed; empty in a malformed one
 */
public record Bso(String id, Optional<ServerTimestamp> modified, OptionalInt sortIndex, String payload) {

    /** Checks that nothing is missing. */
    public Bso {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(modified, "modified");
        Objects.requireNonNull(sortIndex, "sortIndex");
        Objects.requireNonNull(payload, "payload");
    }

    /**
     * Reads the answer to a GET of one object. Unknown fields are ignored.
     *
     * @param json the body
     * @return the object
     * @throws SyncException.Malformed when it is no BSO
     */
    public static Bso parse(String json) throws SyncException.Malformed {
        try (JsonReader reader = new JsonReader(new StringReader(json))) {
            Bso bso = BsoFields.read(reader);
            // Throws when there is more.
            reader.peek();
            if (bso.isMalformed()) {
                throw new SyncException.Malformed("a stored object: expected a BSO with id and payload, found none");
            }
            return bso;
        } catch (IOException e) {
            throw new SyncException.Malformed("a stored object: expected a BSO, found no JSON");
        }
    }

    /**
     * Tells whether this stands for an element of an answer that is no BSO: without an id or a payload, or of wrong kinds.
     * It can't be opened; whoever tries sets it aside like any other bad record.
     *
     * @return whether id or payload are empty
     */
    public boolean isMalformed() {
        return id.isEmpty() || payload.isEmpty();
    }

    /** Its id and times; a payload may be private. */
    @Override
    public String toString() {
        return "Bso[" + id + ", modified="
                + modified.map(ServerTimestamp::toString).orElse("?") + "]";
    }
}
