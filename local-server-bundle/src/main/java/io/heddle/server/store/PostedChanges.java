// SPDX-License-Identifier: Apache-2.0
package io.heddle.server.store;

import io.heddle.server.bso.BsoChange;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** The changes of one POST as bytes: how an open batch keeps them, one row a POST. */
final class PostedChanges {
    private static final int PAYLOAD = 1;
    private static final int SORTINDEX = 2;
    private static final int TTL = 4;

    private PostedChanges() {}

    static byte[] encode(List<BsoChange> changes) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(1 << 14);
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeInt(changes.size());
            for (BsoChange change : changes) {
                write(out, change);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    static List<BsoChange> decode(byte[] bytes) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            int count = in.readInt();
            List<BsoChange> changes = new ArrayList<>(count);
            for (int i = 0; i < count; i++) {
                changes.add(read(in));
            }
            return changes;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(DataOutputStream out, BsoChange change) throws IOException {
        out.writeUTF(change.id());
        out.writeByte((change.payload().isPresent() ? PAYLOAD : 0)
                | (change.sortindex().isPresent() ? SORTINDEX : 0)
                | (change.ttl().isPresent() ? TTL : 0));
        if (change.payload().isPresent()) {
            byte[] payload = change.payload().get().getBytes(StandardCharsets.UTF_8);
            out.writeInt(payload.length);
            out.write(payload);
        }
        if (change.sortindex().isPresent()) {
            out.writeInt(change.sortindex().getAsInt());
        }
        if (change.ttl().isPresent()) {
            out.writeLong(change.ttl().getAsLong());
        }
    }

    private static BsoChange read(DataInputStream in) throws IOException {
        String id = in.readUTF();
        int fields = in.readUnsignedByte();
        Optional<String> payload = (fields & PAYLOAD) == 0
                ? Optional.empty()
                : Optional.of(new String(in.readNBytes(in.readInt()), StandardCharsets.UTF_8));
        OptionalInt sortindex = (fields & SORTINDEX) == 0 ? OptionalInt.empty() : OptionalInt.of(in.readInt());
        OptionalLong ttl = (fields & TTL) == 0 ? OptionalLong.empty() : OptionalLong.of(in.readLong());
        return new BsoChange(id, payload, sortindex, ttl);
    }
}
