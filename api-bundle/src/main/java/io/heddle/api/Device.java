// SPDX-License-Identifier: Apache-2.0
package io.heddle.api;

import java.time.Instant;
import java.util.List;
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
    private final String fxaDeviceId;
    private final List<String> protocols;
    private final boolean stale;
    private final boolean duplicate;

    private Device(Builder builder) {
        id = builder.id;
        name = builder.name;
        type = builder.type;
        application = builder.application;
        lastSeen = builder.lastSeen;
        thisDevice = builder.thisDevice;
        fxaDeviceId = builder.fxaDeviceId;
        protocols = builder.protocols;
        stale = builder.stale;
        duplicate = builder.duplicate;
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

    /** {@return its id in the list of devices of a Firefox account, when its record tells one} */
    public Optional<String> findFxaDeviceId() {
        return Optional.ofNullable(fxaDeviceId);
    }

    /** {@return the versions of the sync protocol that it speaks, for example {@code 1.5}; empty when it does not say} */
    public List<String> protocols() {
        return protocols;
    }

    /** {@return whether its record was not written for three weeks, though every device does so weekly} */
    public boolean isStale() {
        return stale;
    }

    /**
     * Tells of a record that a device seems to have left behind: a younger one has the same id in the Firefox account, or
     * the same name and type while this one was not written for a week.
     *
     * @return whether another record is that of the same device
     */
    public boolean isDuplicate() {
        return duplicate;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Device that
                && id.equals(that.id)
                && name.equals(that.name)
                && Objects.equals(type, that.type)
                && Objects.equals(application, that.application)
                && Objects.equals(lastSeen, that.lastSeen)
                && thisDevice == that.thisDevice
                && Objects.equals(fxaDeviceId, that.fxaDeviceId)
                && protocols.equals(that.protocols)
                && stale == that.stale
                && duplicate == that.duplicate;
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
        private String fxaDeviceId;
        private List<String> protocols = List.of();
        private boolean stale;
        private boolean duplicate;

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
         * Sets its id in the list of devices of a Firefox account.
         *
         * @param deviceId as its record tells
         * @return this
         */
        public Builder fxaDeviceId(String deviceId) {
            fxaDeviceId = Objects.requireNonNull(deviceId, "deviceId");
            return this;
        }

        /**
         * Sets the versions of the protocol.
         *
         * @param versions for example {@code 1.5}
         * @return this
         */
        public Builder protocols(List<String> versions) {
            protocols = List.copyOf(versions);
            return this;
        }

        /**
         * Marks a device that was not seen for long.
         *
         * @return this
         */
        public Builder stale() {
            stale = true;
            return this;
        }

        /**
         * Marks a record that its device has left behind.
         *
         * @return this
         */
        public Builder duplicate() {
            duplicate = true;
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
