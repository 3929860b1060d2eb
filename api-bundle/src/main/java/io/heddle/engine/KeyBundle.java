// SPDX-License-Identifier: Apache-2.0
package io.heddle.engine;

import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Objects;

/**
 * The two keys that seal and open the records of a collection: one for AES-256-CBC, one for HMAC-SHA256.
 *
 * <p>A secret: it prints its type name only, compares in constant time, and is erased by {@link #destroy()}. The manager
 * destroys a bundle that it handed to an engine as soon as the engine's run is over.
 *
 * <p><b>Threading:</b> safe for use by several threads; a reader that meets {@code destroy()} gets an exception.
 */
public final class KeyBundle implements AutoCloseable {

    /** The length of each of the two keys, in bytes. */
    public static final int KEY_BYTES = 32;

    private final byte[] encryptionKey;
    private final byte[] hmacKey;
    private boolean destroyed;

    /**
     * Copies the two keys.
     *
     * @param encryptionKey 32 bytes for AES-256-CBC
     * @param hmacKey 32 bytes for HMAC-SHA256
     * @throws IllegalArgumentException when a length is wrong
     */
    public KeyBundle(byte[] encryptionKey, byte[] hmacKey) {
        this.encryptionKey = copyOf(encryptionKey, "encryptionKey");
        this.hmacKey = copyOf(hmacKey, "hmacKey");
    }

    /**
     * The encryption key.
     *
     * @return a copy of 32 bytes; its holder erases it
     * @throws IllegalStateException when the bundle was destroyed
     */
    public synchronized byte[] encryptionKey() {
        return copyIfAlive(encryptionKey);
    }

    /**
     * The HMAC key.
     *
     * @return a copy of 32 bytes; its holder erases it
     * @throws IllegalStateException when the bundle was destroyed
     */
    public synchronized byte[] hmacKey() {
        return copyIfAlive(hmacKey);
    }

    /**
     * A bundle of its own with the same keys, for a holder that destroys it at another time.
     *
     * @return the copy
     * @throws IllegalStateException when the bundle was destroyed
     */
    public synchronized KeyBundle copy() {
        if (destroyed) {
            throw new IllegalStateException("the key bundle was destroyed");
        }
        return new KeyBundle(encryptionKey, hmacKey);
    }

    /** Erases the keys; every later access fails. Destroying twice is fine. */
    public synchronized void destroy() {
        Arrays.fill(encryptionKey, (byte) 0);
        Arrays.fill(hmacKey, (byte) 0);
        destroyed = true;
    }

    /** The same as {@link #destroy()}. */
    @Override
    public void close() {
        destroy();
    }

    /**
     * Tells whether the keys are gone.
     *
     * @return whether {@link #destroy()} was called
     */
    public synchronized boolean isDestroyed() {
        return destroyed;
    }

    @Override
    public boolean equals(Object other) {
        if (this == other) {
            return true;
        }
        if (!(other instanceof KeyBundle that) || isDestroyed() || that.isDestroyed()) {
            return false;
        }
        return sameBytes(encryptionKey(), that.encryptionKey()) & sameBytes(hmacKey(), that.hmacKey());
    }

    /** Constant: a hash of the keys would tell about them. */
    @Override
    public int hashCode() {
        return KeyBundle.class.hashCode();
    }

    @Override
    public String toString() {
        return "KeyBundle";
    }

    private byte[] copyIfAlive(byte[] key) {
        if (destroyed) {
            throw new IllegalStateException("the key bundle was destroyed");
        }
        return key.clone();
    }

    private static boolean sameBytes(byte[] mine, byte[] theirs) {
        try {
            return MessageDigest.isEqual(mine, theirs);
        } finally {
            Arrays.fill(mine, (byte) 0);
            Arrays.fill(theirs, (byte) 0);
        }
    }

    private static byte[] copyOf(byte[] key, String name) {
        Objects.requireNonNull(key, name);
        if (key.length != KEY_BYTES) {
            throw new IllegalArgumentException(name + " must have " + KEY_BYTES + " bytes, found " + key.length);
        }
        return key.clone();
    }
}
