// SPDX-License-Identifier: Apache-2.0
package io.heddle.manager.storage.transfer;

import io.heddle.manager.wire.BsoWriter;
import io.heddle.manager.wire.SealedPayload;
import io.heddle.manager.wire.bulk.AsciiBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;

/** The records of one POST, each id once. */
final class Post {

    private static final int BRACKETS = 2;

    /**
     * A sealed record.
     *
     * @param id its id
     * @param bso as it is sent
     * @param payloadBytes the length of its payload, which is what most limits count
     */
    record Entry(String id, AsciiBuffer bso, int payloadBytes) {

        static Entry of(String id, SealedPayload payload, OptionalInt sortIndex, OptionalInt ttlSeconds) {
            AsciiBuffer bso = new AsciiBuffer(payload.length() + 256);
            BsoWriter.append(bso, id, payload, sortIndex, ttlSeconds);
            return new Entry(id, bso, payload.length());
        }

        long requestBytes() {
            return bso.length() + BRACKETS;
        }
    }

    private final Map<String, Entry> entries = new LinkedHashMap<>();
    private long payloadBytes;
    private long requestBytes = BRACKETS;
    private int largest;

    static Post of(Collection<Entry> entries) {
        Post post = new Post();
        entries.forEach(post::add);
        return post;
    }

    void add(Entry entry) {
        entries.put(entry.id(), entry);
        payloadBytes += entry.payloadBytes();
        requestBytes += entry.bso().length() + 1;
        largest = Math.max(largest, entry.payloadBytes());
    }

    int size() {
        return entries.size();
    }

    boolean isEmpty() {
        return entries.isEmpty();
    }

    Set<String> ids() {
        return entries.keySet();
    }

    Collection<Entry> entries() {
        return entries.values();
    }

    long payloadBytes() {
        return payloadBytes;
    }

    long requestBytes() {
        return requestBytes;
    }

    /** The payload bytes of its largest record. */
    int largest() {
        return largest;
    }

    /** The records in two POSTs, of which none is empty when there are at least two records. */
    List<Post> halves() {
        List<Entry> all = new ArrayList<>(entries.values());
        int middle = all.size() / 2;
        return List.of(of(all.subList(0, middle)), of(all.subList(middle, all.size())));
    }

    byte[] body() {
        AsciiBuffer body = new AsciiBuffer((int) requestBytes);
        body.append('[');
        for (Entry entry : entries.values()) {
            (body.length() > 1 ? body.append(',') : body).append(entry.bso());
        }
        return body.append(']').toBytes();
    }
}
