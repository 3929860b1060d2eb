// SPDX-License-Identifier: Apache-2.0
package io.heddle.api;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/** A device of the account, as its record in the clients collection describes it. */
public final class Device {

    private final String id;
    private final String name;
    private final String type;
    private final String application;
    private final Instant lastSeen;
    private final boolean thisDevice;

    private Device(Builder builder) {
        id = builder.id;
        name = builder.name;
        type = builder.type;
        application = builder.application;
        lastSeen = builder.lastSeen;
        thisDevice = builder.thisDevice;
    }

    /**
     * Begins a device.
     *
     * @param id the id of its record
     * @param name what people call it
     * @return a builder
     */
    public static Builder builder(String id, String name) {
        return new Builder(id, name);
    }

    /** {@return the id of its record} */
    public String id() {
        return id;
    }

    /** {@return what people call it} */
    public String name() {
        return name;
    }

    /** {@return what it is: desktop, mobile, tablet, tv, vr or another word; empty when its record does not say} */
    public Optional<String> findType() {
        return Optional.ofNullable(type);
    }

    /** {@return the application that syncs there, with its version, for example {@code Firefox 153.7.0}} */
    public Optional<String> findApplication() {
        return Optional.ofNullable(application);
    }

    /** {@return when its record was last written, by the server's clock} */
    public Optional<Instant> findLastSeen() {
        return Optional.ofNullable(lastSeen);
    }

    /** {@return whether it is the device that asks} */
    public boolean isThisDevice() {
        return thisDevice;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Device that
                && id.equals(that.id)
                && name.equals(that.name)
                && Objects.equals(type, that.type)
                && Objects.equals(application, that.application)
                && Objects.equals(lastSeen, that.lastSeen)
                && thisDevice == that.thisDevice;
    }

    @Override
    public int hashCode() {
        return id.hashCode();
    }

    /** The id alone: names are private. */
    @Override
    public String toString() {
        return "Device[" + id + "]";
    }

    /** Collects what a record tells. */
    public static final class Builder {
        private final String id;
        private final String name;
        private String type;
        private String application;
        private Instant lastSeen;
        private boolean thisDevice;

        private Builder(String id, String name) {
            this.id = Objects.requireNonNull(id, "id");
            this.name = Objects.requireNonNull(name, "name");
        }

        /**
         * Sets what it is.
         *
         * @param word desktop, mobile, …
         * @return this
         */
        public Builder type(String word) {
            type = Objects.requireNonNull(word, "word");
            return this;
        }

        /**
         * Sets the application.
         *
         * @param nameAndVersion for example {@code Firefox 153.7.0}
         * @return this
         */
        public Builder application(String nameAndVersion) {
            application = Objects.requireNonNull(nameAndVersion, "nameAndVersion");
            return this;
        }

        /**
         * Sets when its record was last written.
         *
         * @param instant by the server's clock
         * @return this
         */
        public Builder lastSeen(Instant instant) {
            lastSeen = Objects.requireNonNull(instant, "instant");
            return this;
        }

        /**
         * Marks the device that asks.
         *
         * @return this
         */
        public Builder thisDevice() {
            thisDevice = true;
            return this;
        }

        /**
         * Makes the value.
         *
         * @return the device
         */
        public Device build() {
            return new Device(this);
        }
    }
}
