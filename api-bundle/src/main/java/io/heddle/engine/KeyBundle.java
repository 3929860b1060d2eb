// SPDX-License-Identifier: Apache-2.0
package io.heddle.engine;

import java.lang.invoke.VarHandle;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Objects;

/**
 * The two keys that seal and open the records of a collection: one for AES-256-CBC, one for HMAC-SHA256.
 *
 * <p>A secret: it prints its type name only, compares in constant time, and is erased by {@link #destroy()}. The manager
 * destroys a bundle that it handed to an engine as soon as the engine's run is over.
 *
 * <p><b>Threading:</b> safe for use by several threads; a reader that meets {@code destroy()} gets an exception. There is
 * no lock: whoever was handed a bundle could hold it, and so keep the manager from destroying what it handed out.
 */
public final class KeyBundle implements AutoCloseable {

    /** The length of each of the two keys, in bytes. */
    public static final int KEY_BYTES = 32;

    private final byte[] encryptionKey;
    private final byte[] hmacKey;
    private volatile boolean destroyed;

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

    /** Takes two arrays as they are. */
    private KeyBundle(byte[] encryptionKey, byte[] hmacKey, boolean ownArrays) {
        this.encryptionKey = encryptionKey;
        this.hmacKey = hmacKey;
    }

    /**
     * The encryption key.
     *
     * @return a copy of 32 bytes; its holder erases it
     * @throws IllegalStateException when the bundle was destroyed
     */
    public byte[] encryptionKey() {
        return copyIfAlive(encryptionKey);
    }

    /**
     * The HMAC key.
     *
     * @return a copy of 32 bytes; its holder erases it
     * @throws IllegalStateException when the bundle was destroyed
     */
    public byte[] hmacKey() {
        return copyIfAlive(hmacKey);
    }

    /**
     * A bundle of its own with the same keys, for a holder that destroys it at another time.
     *
     * @return the copy
     * @throws IllegalStateException when the bundle was destroyed
     */
    public KeyBundle copy() {
        return new KeyBundle(copyIfAlive(encryptionKey), copyIfAlive(hmacKey), true);
    }

    /** Erases the keys; every later access fails. Destroying twice is fine. */
    public void destroy() {
        destroyed = true;
        // Nobody sees an erased byte without seeing that first.
        VarHandle.fullFence();
        Arrays.fill(encryptionKey, (byte) 0);
        Arrays.fill(hmacKey, (byte) 0);
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
    public boolean isDestroyed() {
        return destroyed;
    }

    @Override
    public boolean equals(Object other) {
        if (this == other) {
            return true;
        }
        if (!(other instanceof KeyBundle that)) {
            return false;
        }
        boolean same =
                MessageDigest.isEqual(encryptionKey, that.encryptionKey) & MessageDigest.isEqual(hmacKey, that.hmacKey);
        VarHandle.fullFence();
        return same & !destroyed & !that.destroyed;
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
        byte[] copy = key.clone();
        VarHandle.fullFence();
        if (destroyed) {
            Arrays.fill(copy, (byte) 0);
            throw new IllegalStateException("the key bundle was destroyed");
        }
        return copy;
    }

    private static byte[] copyOf(byte[] key, String name) {
        Objects.requireNonNull(key, name);
        if (key.length != KEY_BYTES) {
            throw new IllegalArgumentException(name + " must have " + KEY_BYTES + " bytes, found " + key.length);
        }
        return key.clone();
    }
}
