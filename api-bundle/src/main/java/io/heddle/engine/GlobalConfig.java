// SPDX-License-Identifier: Apache-2.0
package io.heddle.engine;

import java.util.Objects;

/**
 * The limits of the storage server, as its {@code info/configuration} tells them; what it leaves out has the protocol's
 * default.
 *
 * <p>A server may refuse at less than it advertises; the manager then sets the record aside and reports it.
 */
public final class GlobalConfig {

    private final long maxPostRecords;
    private final long maxPostBytes;
    private final long maxRecordPayloadBytes;
    private final long maxRequestBytes;
    private final long maxTotalRecords;
    private final long maxTotalBytes;

    private GlobalConfig(Builder builder) {
        maxPostRecords = builder.maxPostRecords;
        maxPostBytes = builder.maxPostBytes;
        maxRecordPayloadBytes = builder.maxRecordPayloadBytes;
        maxRequestBytes = builder.maxRequestBytes;
        maxTotalRecords = builder.maxTotalRecords;
        maxTotalBytes = builder.maxTotalBytes;
    }

    /**
     * The limits to assume of a server without {@code info/configuration}.
     *
     * @return the protocol's defaults
     */
    public static GlobalConfig defaults() {
        return builder().build();
    }

    /**
     * Begins with the protocol's defaults.
     *
     * @return a new builder
     */
    public static Builder builder() {
        return new Builder();
    }

    /** {@return how many records one POST may hold} */
    public long maxPostRecords() {
        return maxPostRecords;
    }

    /** {@return how many payload bytes one POST may hold in all} */
    public long maxPostBytes() {
        return maxPostBytes;
    }

    /** {@return how many bytes the sealed payload of one record may have} */
    public long maxRecordPayloadBytes() {
        return maxRecordPayloadBytes;
    }

    /** {@return how many bytes the body of one request may have} */
    public long maxRequestBytes() {
        return maxRequestBytes;
    }

    /** {@return how many records one batch may hold} */
    public long maxTotalRecords() {
        return maxTotalRecords;
    }

    /** {@return how many payload bytes one batch may hold} */
    public long maxTotalBytes() {
        return maxTotalBytes;
    }

    /**
     * How much cleartext JSON fits into one record: sealing adds padding, Base64's third and the payload's frame.
     *
     * @return a length in bytes of UTF-8 that is safe to use
     */
    public long maxCleartextBytes() {
        long sealed = Math.min(maxRecordPayloadBytes, Math.min(maxPostBytes, maxRequestBytes - 1024));
        return Math.max(0, (sealed - 256) / 4 * 3 - 16);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof GlobalConfig that
                && maxPostRecords == that.maxPostRecords
                && maxPostBytes == that.maxPostBytes
                && maxRecordPayloadBytes == that.maxRecordPayloadBytes
                && maxRequestBytes == that.maxRequestBytes
                && maxTotalRecords == that.maxTotalRecords
                && maxTotalBytes == that.maxTotalBytes;
    }

    @Override
    public int hashCode() {
        return Objects.hash(
                maxPostRecords, maxPostBytes, maxRecordPayloadBytes, maxRequestBytes, maxTotalRecords, maxTotalBytes);
    }

    @Override
    public String toString() {
        return "GlobalConfig[maxPostRecords=" + maxPostRecords + ", maxPostBytes=" + maxPostBytes
                + ", maxRecordPayloadBytes=" + maxRecordPayloadBytes + ", maxRequestBytes=" + maxRequestBytes
                + ", maxTotalRecords=" + maxTotalRecords + ", maxTotalBytes=" + maxTotalBytes + "]";
    }

    /** Collects the limits; each must be positive. */
    public static final class Builder {
        private long maxPostRecords = 100;
        private long maxPostBytes = 262_144;
        private long maxRecordPayloadBytes = 262_144;
        private long maxRequestBytes = 266_240;
        private long maxTotalRecords = 10_000;
        private long maxTotalBytes = 100_000_000;

        private Builder() {}

        /**
         * Sets how many records one POST may hold.
         *
         * @param records a count
         * @return this
         */
        public Builder maxPostRecords(long records) {
            maxPostRecords = positive(records, "maxPostRecords");
            return this;
        }

        /**
         * Sets how many payload bytes one POST may hold.
         *
         * @param bytes a length
         * @return this
         */
        public Builder maxPostBytes(long bytes) {
            maxPostBytes = positive(bytes, "maxPostBytes");
            return this;
        }

        /**
         * Sets how many bytes one payload may have.
         *
         * @param bytes a length
         * @return this
         */
        public Builder maxRecordPayloadBytes(long bytes) {
            maxRecordPayloadBytes = positive(bytes, "maxRecordPayloadBytes");
            return this;
        }

        /**
         * Sets how many bytes the body of one request may have.
         *
         * @param bytes a length
         * @return this
         */
        public Builder maxRequestBytes(long bytes) {
            maxRequestBytes = positive(bytes, "maxRequestBytes");
            return this;
        }

        /**
         * Sets how many records one batch may hold.
         *
         * @param records a count
         * @return this
         */
        public Builder maxTotalRecords(long records) {
            maxTotalRecords = positive(records, "maxTotalRecords");
            return this;
        }

        /**
         * Sets how many payload bytes one batch may hold.
         *
         * @param bytes a length
         * @return this
         */
        public Builder maxTotalBytes(long bytes) {
            maxTotalBytes = positive(bytes, "maxTotalBytes");
            return this;
        }

        /**
         * Makes the value.
         *
         * @return the limits
         */
        public GlobalConfig build() {
            return new GlobalConfig(this);
        }

        private static long positive(long limit, String name) {
            if (limit <= 0) {
                throw new IllegalArgumentException(name + " must be positive, found " + limit);
            }
            return limit;
        }
    }
}
