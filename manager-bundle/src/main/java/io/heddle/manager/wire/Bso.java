// SPDX-License-Identifier: Apache-2.0
package io.heddle.manager.wire;

import com.google.gson.stream.JsonReader;
import io.heddle.engine.ServerTimestamp;
import io.heddle.manager.failure.SyncException;
import io.heddle.manager.wire.bulk.BsoScanner;
import java.io.IOException;
import java.io.StringReader;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A basic storage object as the server hands it out, such as
 * {@code {"id":"LbS4eC7XRGGca6lf","modified":1795398488.94,"sortindex":100,"payload":"…"}}.
 *
 * <p><b>Threading:</b> immutable.
 */
public final class Bso {

    private final String id;
    private final Optional<ServerTimestamp> modified;
    private final OptionalInt sortIndex;
    private final Optional<SealedPayload> sealed;
    private final String payload;

    /**
     * Checks that nothing is missing.
     *
     * @param id its id, 1 to 64 characters from space to {@code ~}; empty only in a {@link #isMalformed() malformed} one
     * @param modified when it was last written, when the server says so
     * @param sortIndex its weight in its collection, when it has one
     * @param payload its payload, as a rule sealed; empty in a malformed one
     */
    public Bso(String id, Optional<ServerTimestamp> modified, OptionalInt sortIndex, String payload) {
        this(id, modified, sortIndex, Optional.empty(), Objects.requireNonNull(payload, "payload"));
    }

    private Bso(
            String id,
            Optional<ServerTimestamp> modified,
            OptionalInt sortIndex,
            Optional<SealedPayload> sealed,
            String payload) {
        this.id = Objects.requireNonNull(id, "id");
        this.modified = Objects.requireNonNull(modified, "modified");
        this.sortIndex = Objects.requireNonNull(sortIndex, "sortIndex");
        this.sealed = sealed;
        this.payload = payload;
    }

    /** Takes what was found in the bytes of a body. */
    static Bso scanned(byte[] body, BsoScanner found) {
        return new Bso(
                found.id(),
                found.hasModified() ? Optional.of(new ServerTimestamp(found.modifiedHundredths())) : Optional.empty(),
                found.hasSortIndex() ? OptionalInt.of(found.sortIndex()) : OptionalInt.empty(),
                Optional.of(SealedPayload.scanned(body, found.payload())),
                "");
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

    /** {@return its id, empty only in a malformed one} */
    public String id() {
        return id;
    }

    /** {@return when it was last written, when the server says so} */
    public Optional<ServerTimestamp> modified() {
        return modified;
    }

    /** {@return its weight in its collection, when it has one} */
    public OptionalInt sortIndex() {
        return sortIndex;
    }

    /** {@return its payload, empty in a malformed one} */
    public String payload() {
        return sealed.isPresent() ? sealed.get().text() : payload;
    }

    /**
     * Its payload as what it is in every collection but meta.
     *
     * @return the parts
     * @throws SyncException.Malformed when the payload is not of that form
     */
    public SealedPayload sealedPayload() throws SyncException.Malformed {
        return sealed.isPresent() ? sealed.get() : SealedPayload.parse(payload);
    }

    /**
     * Tells whether this stands for an element of an answer that is no BSO: without an id or a payload, or of wrong kinds.
     * It can't be opened; whoever tries sets it aside like any other bad record.
     *
     * @return whether id or payload are empty
     */
    public boolean isMalformed() {
        return id.isEmpty() || (sealed.isEmpty() && payload.isEmpty());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Bso that
                && id.equals(that.id)
                && modified.equals(that.modified)
                && sortIndex.equals(that.sortIndex)
                && payload().equals(that.payload());
    }

    @Override
    public int hashCode() {
        return Objects.hash(id, modified, sortIndex, payload());
    }

    /** Its id and times; a payload may be private. */
    @Override
    public String toString() {
        return "Bso[" + id + ", modified="
                + modified.map(ServerTimestamp::toString).orElse("?") + "]";
    }
}
