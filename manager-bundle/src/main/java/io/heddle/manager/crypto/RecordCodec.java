// SPDX-License-Identifier: Apache-2.0
package io.heddle.manager.crypto;

import io.heddle.engine.KeyBundle;
import io.heddle.manager.failure.SyncException;
import io.heddle.manager.wire.Bso;
import io.heddle.manager.wire.RecordHead;
import io.heddle.manager.wire.SealedPayload;
import io.heddle.manager.wire.bulk.RecordScanner;

/**
 * Turns BSOs into records and back: seals and opens, and holds that a cleartext is a JSON object that bears its BSO's id,
 * so that nobody can pass one record off as another of its collection. A record that was moved from another collection
 * fails its HMAC where each collection has keys of its own; with one key for all of them nothing tells.
 *
 * <p>A secret: it prints its type name only, and {@link #close()} erases its keys.
 *
 * <p><b>Threading:</b> as {@link BsoCipher}: another thread may close it.
 */
public final class RecordCodec implements AutoCloseable {

    private final BsoCipher cipher;
    private final RecordScanner scanner = new RecordScanner();

    /**
     * Copies the keys.
     *
     * @param keys the collection's bundle, which stays the caller's
     * @throws IllegalStateException when the bundle was destroyed
     */
    public RecordCodec(KeyBundle keys) {
        cipher = new BsoCipher(keys);
    }

    /**
     * Opens a BSO.
     *
     * @param bso as it came from the server
     * @return the record
     * @throws RecordRejectedException when its HMAC fails, or it is not of the form that the protocol wants
     */
    public synchronized OpenedRecord open(Bso bso) throws RecordRejectedException {
        if (bso.isMalformed()) {
            throw RecordRejectedException.malformed("expected a BSO with id and payload");
        }
        try {
            Cleartext cleartext = cipher.opened(bso.sealedPayload());
            if (scanner.scan(cleartext.array(), cleartext.from(), cleartext.to())) {
                requireId(scanner.hasId(bso.id()));
                return new OpenedRecord(
                        scanner.isAscii() ? cleartext.asciiText() : cleartext.text(), scanner.isDeleted());
            }
            String json = cleartext.text();
            RecordHead head = RecordHead.parse(json);
            requireId(head.id().equals(bso.id()));
            return new OpenedRecord(json, head.deleted());
        } catch (SyncException.Malformed e) {
            throw RecordRejectedException.malformed(e.getMessage());
        }
    }

    /**
     * Seals a record.
     *
     * @param id its id
     * @param json its cleartext
     * @return the payload for a BSO of that id
     * @throws RecordRejectedException when the cleartext is no JSON object with that id: no client could open it
     */
    public synchronized SealedPayload seal(String id, String json) throws RecordRejectedException {
        byte[] bytes = BsoCipher.utf8(json);
        try {
            boolean usual = scanner.scan(bytes, 0, bytes.length);
            requireId(usual ? scanner.hasId(id) : RecordHead.parse(json).id().equals(id));
        } catch (SyncException.Malformed e) {
            throw RecordRejectedException.malformed(e.getMessage());
        }
        return cipher.seal(bytes);
    }

    /** Erases the keys. Closing twice is fine. */
    @Override
    public synchronized void close() {
        cipher.close();
    }

    @Override
    public String toString() {
        return "RecordCodec";
    }

    private static void requireId(boolean same) throws RecordRejectedException {
        if (!same) {
            throw RecordRejectedException.malformed("expected the BSO's id in the cleartext, found another one");
        }
    }
}
