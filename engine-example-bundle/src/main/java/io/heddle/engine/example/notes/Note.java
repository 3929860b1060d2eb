// SPDX-License-Identifier: Apache-2.0
package io.heddle.engine.example.notes;

import io.heddle.engine.example.notes.files.FileStamp;
import io.heddle.engine.example.notes.files.NotePath;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/** What the index knows of one note: its file as last seen, and what the server has. Its fields are the index's JSON. */
final class Note {

    /** A file written this shortly before it was hashed may have been written again within the clock's grain. */
    private static final long GRAIN_MILLIS = 2000;

    private final String id;
    private String file;
    private FileStamp stamp;
    private long hashedAtMillis;
    private String sha256;
    private boolean gone;
    private boolean resend;
    private NoteVersion synced;
    private String salt = "";
    private final Set<String> sent = new LinkedHashSet<>();

    /** For Gson. */
    private Note() {
        id = "";
    }

    Note(String id, String file, FileStamp stamp, String sha256, long hashedAtMillis) {
        this.id = id;
        this.file = file;
        see(stamp, sha256, hashedAtMillis);
    }

    String id() {
        return id;
    }

    /** {@return the path as the file system spells it} */
    String file() {
        return file;
    }

    /** {@return the path as records spell it} */
    String path() {
        return NotePath.normal(file);
    }

    String key() {
        return NotePath.key(file);
    }

    FileStamp stamp() {
        return stamp;
    }

    String sha256() {
        return sha256;
    }

    /** {@return whether the file was deleted here and the server is to be told} */
    boolean isGone() {
        return gone;
    }

    /** {@return what the server has, as far as this device knows} */
    Optional<NoteVersion> findSynced() {
        return Optional.ofNullable(synced);
    }

    boolean hasSynced(String hash) {
        return synced != null && synced.sha256().equals(hash);
    }

    boolean isEdited() {
        return !hasSynced(sha256);
    }

    boolean isMoved() {
        return synced == null || !synced.path().equals(path());
    }

    boolean isToUpload() {
        return gone || resend || isEdited() || isMoved();
    }

    /** Tells whether the contents need not be read again: same size and time, and not written while being hashed. */
    boolean isUnchanged(FileStamp now) {
        return now.equals(stamp) && now.modifiedMillis() < hashedAtMillis - GRAIN_MILLIS;
    }

    void see(FileStamp newStamp, String newSha256, long atMillis) {
        stamp = newStamp;
        sha256 = newSha256;
        hashedAtMillis = atMillis;
    }

    /** Moves the note; for the index only, which finds notes by their place. */
    void setFile(String newFile) {
        file = newFile;
    }

    void setGone() {
        gone = true;
    }

    void setSynced(NoteVersion version) {
        synced = version;
        resend = false;
        if (version.isChunked()) {
            salt = version.salt();
        }
    }

    /** The server has lost what it had: all of it is to be uploaded again. */
    void setResend() {
        resend = true;
        sent.clear();
    }

    /** Forgets what the server has, as if the note had never been uploaded. */
    void forgetServer() {
        synced = null;
        resend = false;
        sent.clear();
    }

    /** {@return the pieces that were uploaded but belong to no uploaded version yet} */
    Set<String> sent() {
        return sent;
    }

    /** {@return the ids of its pieces that need not be sent again} */
    Set<String> knownChunks() {
        return resend ? Set.copyOf(sent) : everyChunk();
    }

    /** {@return the ids of all its pieces that may be on the server} */
    Set<String> everyChunk() {
        Set<String> chunks = new LinkedHashSet<>(sent);
        findSynced().map(NoteVersion::chunks).ifPresent(chunks::addAll);
        return chunks;
    }

    String salt() {
        return salt;
    }

    void setSalt(String newSalt) {
        salt = newSalt;
    }
}
