// SPDX-License-Identifier: Apache-2.0
package io.heddle.manager.state;

import io.heddle.api.Device;
import io.heddle.engine.GlobalConfig;
import io.heddle.engine.ServerTimestamp;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** What is known of one account on one storage node. Immutable, and without secrets. */
public final class AccountState {

    private final long uid;
    private final String endpoint;
    private final String keyId;
    private final GlobalConfig config;
    private final StoredBso metaGlobal;
    private final StoredBso cryptoKeys;
    private final Set<String> syncedEngines;
    private final Instant clientUploadedAt;
    private final ServerTimestamp clientsModified;
    private final List<Device> devices;
    private final Mailbox mailbox;

    private AccountState(Builder builder) {
        uid = builder.uid;
        endpoint = builder.endpoint;
        keyId = builder.keyId;
        config = builder.config;
        metaGlobal = builder.metaGlobal;
        cryptoKeys = builder.cryptoKeys;
        syncedEngines = builder.syncedEngines;
        clientUploadedAt = builder.clientUploadedAt;
        clientsModified = builder.clientsModified;
        devices = builder.devices;
        mailbox = builder.mailbox;
    }

    /**
     * An account of which nothing is known yet.
     *
     * @param uid the token server's number for it
     * @param endpoint its storage node, {@code api_endpoint}
     * @param keyId the {@code X-KeyID} that it was reached with
     * @return the state
     */
    public static AccountState of(long uid, String endpoint, String keyId) {
        return new Builder(uid, endpoint, keyId).build();
    }

    /** {@return the token server's number for the account; another number is another account} */
    public long uid() {
        return uid;
    }

    /** {@return its storage node; another one holds nothing that is known here} */
    public String endpoint() {
        return endpoint;
    }

    /** {@return the {@code X-KeyID} that it was reached with} */
    public String keyId() {
        return keyId;
    }

    /** {@return the server's limits, when they were asked for} */
    public Optional<GlobalConfig> findConfig() {
        return Optional.ofNullable(config);
    }

    /** {@return meta/global as last read or written} */
    public Optional<StoredBso> findMetaGlobal() {
        return Optional.ofNullable(metaGlobal);
    }

    /** {@return crypto/keys as last read or written, sealed} */
    public Optional<StoredBso> findCryptoKeys() {
        return Optional.ofNullable(cryptoKeys);
    }

    /** {@return the names of the engines that have synced here on this account, in order} */
    public Set<String> syncedEngines() {
        return syncedEngines;
    }

    /** {@return when this device's record was last uploaded, by this device's clock} */
    public Optional<Instant> clientUploadedAt() {
        return Optional.ofNullable(clientUploadedAt);
    }

    /** {@return up to where the clients collection is known} */
    public ServerTimestamp clientsModified() {
        return clientsModified;
    }

    /** {@return the devices of the account as of {@link #clientsModified()}, this one first} */
    public List<Device> devices() {
        return devices;
    }

    /** {@return the commands that came to this device or are to leave it} */
    public Mailbox mailbox() {
        return mailbox;
    }

    /** {@return the commands that other devices sent, in order} */
    public List<ArrivedCommand> arrivedCommands() {
        return mailbox.arrived();
    }

    /** {@return the commands that are to be sent to other devices, in order} */
    public List<QueuedCommand> queuedCommands() {
        return mailbox.queued();
    }

    /**
     * Begins with this state.
     *
     * @return a new builder
     */
    public Builder toBuilder() {
        Builder builder = new Builder(uid, endpoint, keyId);
        builder.config = config;
        builder.metaGlobal = metaGlobal;
        builder.cryptoKeys = cryptoKeys;
        builder.syncedEngines = syncedEngines;
        builder.clientUploadedAt = clientUploadedAt;
        builder.clientsModified = clientsModified;
        builder.devices = devices;
        builder.mailbox = mailbox;
        return builder;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof AccountState that
                && uid == that.uid
                && endpoint.equals(that.endpoint)
                && keyId.equals(that.keyId)
                && Objects.equals(config, that.config)
                && Objects.equals(metaGlobal, that.metaGlobal)
                && Objects.equals(cryptoKeys, that.cryptoKeys)
                && syncedEngines.equals(that.syncedEngines)
                && Objects.equals(clientUploadedAt, that.clientUploadedAt)
                && clientsModified.equals(that.clientsModified)
                && devices.equals(that.devices)
                && mailbox.equals(that.mailbox);
    }

    @Override
    public int hashCode() {
        return Objects.hash(uid, endpoint, keyId, metaGlobal, cryptoKeys, syncedEngines, clientsModified);
    }

    @Override
    public String toString() {
        return "AccountState[uid=" + uid + ", endpoint=" + endpoint + "]";
    }

    /** Collects a changed state. */
    public static final class Builder {
        private final long uid;
        private final String endpoint;
        private String keyId;
        private GlobalConfig config;
        private StoredBso metaGlobal;
        private StoredBso cryptoKeys;
        private Set<String> syncedEngines = Set.of();
        private Instant clientUploadedAt;
        private ServerTimestamp clientsModified = ServerTimestamp.ZERO;
        private List<Device> devices = List.of();
        private Mailbox mailbox = Mailbox.EMPTY;

        private Builder(long uid, String endpoint, String keyId) {
            this.uid = uid;
            this.endpoint = Objects.requireNonNull(endpoint, "endpoint");
            this.keyId = Objects.requireNonNull(keyId, "keyId");
        }

        /**
         * Sets the key id.
         *
         * @param newKeyId the {@code X-KeyID}
         * @return this
         */
        public Builder keyId(String newKeyId) {
            keyId = Objects.requireNonNull(newKeyId, "newKeyId");
            return this;
        }

        /**
         * Sets the server's limits.
         *
         * @param limits as its info/configuration says
         * @return this
         */
        public Builder config(GlobalConfig limits) {
            config = Objects.requireNonNull(limits, "limits");
            return this;
        }

        /**
         * Forgets the server's limits.
         *
         * @return this
         */
        public Builder withoutConfig() {
            config = null;
            return this;
        }

        /**
         * Sets meta/global.
         *
         * @param bso as it was read or written
         * @return this
         */
        public Builder metaGlobal(StoredBso bso) {
            metaGlobal = Objects.requireNonNull(bso, "bso");
            return this;
        }

        /**
         * Sets crypto/keys.
         *
         * @param sealed as it was read or written, sealed
         * @return this
         */
        public Builder cryptoKeys(StoredBso sealed) {
            cryptoKeys = Objects.requireNonNull(sealed, "sealed");
            return this;
        }

        /**
         * Sets the engines that have synced here.
         *
         * @param names of all of them
         * @return this
         */
        public Builder syncedEngines(Set<String> names) {
            syncedEngines = Collections.unmodifiableSet(new TreeSet<>(names));
            return this;
        }

        /**
         * Sets when this device's record was uploaded.
         *
         * @param instant by this device's clock
         * @return this
         */
        public Builder clientUploadedAt(Instant instant) {
            clientUploadedAt = Objects.requireNonNull(instant, "instant");
            return this;
        }

        /**
         * Sets up to where the clients collection is known.
         *
         * @param timestamp by the server's clock
         * @return this
         */
        public Builder clientsModified(ServerTimestamp timestamp) {
            clientsModified = Objects.requireNonNull(timestamp, "timestamp");
            return this;
        }

        /**
         * Forgets the clients collection: what is known of it, and that this device's record is there. The
         * commands that waited in it are kept.
         *
         * @return this
         */
        public Builder withoutClients() {
            clientUploadedAt = null;
            clientsModified = ServerTimestamp.ZERO;
            devices = List.of();
            mailbox = mailbox.withoutRecord();
            return this;
        }

        /**
         * Sets the devices of the account.
         *
         * @param all this one first
         * @return this
         */
        public Builder devices(List<Device> all) {
            devices = List.copyOf(all);
            return this;
        }

        /**
         * Sets the commands that came to this device or are to leave it.
         *
         * @param all of them
         * @return this
         */
        public Builder mailbox(Mailbox all) {
            mailbox = Objects.requireNonNull(all, "all");
            return this;
        }

        /**
         * Makes the value.
         *
         * @return the state
         */
        public AccountState build() {
            return new AccountState(this);
        }
    }
}
