// SPDX-License-Identifier: Apache-2.0
package io.heddle.manager.state;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** All that the manager remembers. Immutable, and without secrets. */
public final class PersistedState {

    private final String deviceId;
    private final Map<String, Boolean> pendingUserChanges;
    private final Set<String> pendingResets;
    private final Map<String, RestorePhase> pendingRestores;
    private final Instant softBackoffUntil;
    private final Instant hardBackoffUntil;
    private final Grants grants;
    private final AccountState account;

    private PersistedState(Builder builder) {
        deviceId = builder.deviceId;
        pendingUserChanges = builder.pendingUserChanges;
        pendingResets = builder.pendingResets;
        pendingRestores = builder.pendingRestores;
        softBackoffUntil = builder.softBackoffUntil;
        hardBackoffUntil = builder.hardBackoffUntil;
        grants = builder.grants;
        account = builder.account;
    }

    /**
     * The state of a device that has never synced.
     *
     * @param deviceId a new random id, 12 characters of base64url
     * @return the state
     */
    public static PersistedState fresh(String deviceId) {
        return new Builder(deviceId).build();
    }

    /** {@return the id of this device's record in the clients collection} */
    public String deviceId() {
        return deviceId;
    }

    /** {@return what the user changed here and meta/global does not say yet: engine or group name to whether enabled} */
    public Map<String, Boolean> pendingUserChanges() {
        return pendingUserChanges;
    }

    /** {@return the names of engines that are to be reset before they sync again} */
    public Set<String> pendingResets() {
        return pendingResets;
    }

    /** {@return engines whose data here is to replace what the others have: their names to how far that has come} */
    public Map<String, RestorePhase> pendingRestores() {
        return pendingRestores;
    }

    /** {@return until when the server wishes for rest; a user's own request may override that} */
    public Optional<Instant> softBackoffUntil() {
        return Optional.ofNullable(softBackoffUntil);
    }

    /** {@return until when the server demands rest} */
    public Optional<Instant> hardBackoffUntil() {
        return Optional.ofNullable(hardBackoffUntil);
    }

    /** {@return which bundle may serve which collection on this device} */
    public Grants grants() {
        return grants;
    }

    /** {@return what is known of the account, once one was reached} */
    public Optional<AccountState> findAccount() {
        return Optional.ofNullable(account);
    }

    /**
     * Begins with this state.
     *
     * @return a new builder
     */
    public Builder toBuilder() {
        Builder builder = new Builder(deviceId);
        builder.pendingUserChanges = pendingUserChanges;
        builder.pendingResets = pendingResets;
        builder.pendingRestores = pendingRestores;
        builder.softBackoffUntil = softBackoffUntil;
        builder.hardBackoffUntil = hardBackoffUntil;
        builder.grants = grants;
        builder.account = account;
        return builder;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PersistedState that
                && deviceId.equals(that.deviceId)
                // Their order counts: a later change of a group overrides an earlier one of an engine in it.
                && List.copyOf(pendingUserChanges.entrySet()).equals(List.copyOf(that.pendingUserChanges.entrySet()))
                && pendingResets.equals(that.pendingResets)
                && pendingRestores.equals(that.pendingRestores)
                && Objects.equals(softBackoffUntil, that.softBackoffUntil)
                && Objects.equals(hardBackoffUntil, that.hardBackoffUntil)
                && grants.equals(that.grants)
                && Objects.equals(account, that.account);
    }

    @Override
    public int hashCode() {
        return Objects.hash(deviceId, pendingUserChanges, pendingResets, pendingRestores, grants, account);
    }

    @Override
    public String toString() {
        return "PersistedState[deviceId=" + deviceId + ", account=" + account + "]";
    }

    /** How far a restore has come. */
    public enum RestorePhase {
        /** The server and the engine know nothing of it yet. */
        REQUESTED,
        /** The server's part is deleted and the engine reset; what is there since then is not deleted again. */
        EMPTIED
    }

    /** Collects a changed state. */
    public static final class Builder {
        private String deviceId;
        private Map<String, Boolean> pendingUserChanges = Map.of();
        private Set<String> pendingResets = Set.of();
        private Map<String, RestorePhase> pendingRestores = Map.of();
        private Instant softBackoffUntil;
        private Instant hardBackoffUntil;
        private Grants grants = Grants.NONE;
        private AccountState account;

        private Builder(String deviceId) {
            this.deviceId = Objects.requireNonNull(deviceId, "deviceId");
        }

        /**
         * Sets the id of this device's record.
         *
         * @param id 12 characters of base64url
         * @return this
         */
        public Builder deviceId(String id) {
            deviceId = Objects.requireNonNull(id, "id");
            return this;
        }

        /**
         * Sets the user's changes that are still to be published, in the order in which they were made.
         *
         * @param changes engine or group name to whether enabled
         * @return this
         */
        public Builder pendingUserChanges(Map<String, Boolean> changes) {
            pendingUserChanges = Collections.unmodifiableMap(new LinkedHashMap<>(changes));
            return this;
        }

        /**
         * Sets the engines that are to be reset.
         *
         * @param engines names of engines
         * @return this
         */
        public Builder pendingResets(Set<String> engines) {
            pendingResets = Collections.unmodifiableSet(new TreeSet<>(engines));
            return this;
        }

        /**
         * Sets the engines whose data here is to replace what the others have.
         *
         * @param engines names of engines to how far that has come
         * @return this
         */
        public Builder pendingRestores(Map<String, RestorePhase> engines) {
            pendingRestores = Collections.unmodifiableMap(new TreeMap<>(engines));
            return this;
        }

        /**
         * Sets until when the server wishes for rest.
         *
         * @param instant by this device's clock
         * @return this
         */
        public Builder softBackoffUntil(Instant instant) {
            softBackoffUntil = Objects.requireNonNull(instant, "instant");
            return this;
        }

        /**
         * Sets until when the server demands rest.
         *
         * @param instant by this device's clock
         * @return this
         */
        public Builder hardBackoffUntil(Instant instant) {
            hardBackoffUntil = Objects.requireNonNull(instant, "instant");
            return this;
        }

        /**
         * Forgets both backoffs.
         *
         * @return this
         */
        public Builder withoutBackoff() {
            softBackoffUntil = null;
            hardBackoffUntil = null;
            return this;
        }

        /**
         * Sets which bundle may serve which collection.
         *
         * @param all the grants of this device
         * @return this
         */
        public Builder grants(Grants all) {
            grants = Objects.requireNonNull(all, "all");
            return this;
        }

        /**
         * Sets what is known of the account.
         *
         * @param state of the account in use
         * @return this
         */
        public Builder account(AccountState state) {
            account = Objects.requireNonNull(state, "state");
            return this;
        }

        /**
         * Forgets the account.
         *
         * @return this
         */
        public Builder withoutAccount() {
            account = null;
            return this;
        }

        /**
         * Makes the value.
         *
         * @return the state
         */
        public PersistedState build() {
            return new PersistedState(this);
        }
    }
}
