// SPDX-License-Identifier: Apache-2.0
package io.heddle.api;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** An engine that is registered here, and whether it may sync. */
public final class EngineInfo {

    private final String name;
    private final List<String> collections;
    private final int version;
    private final String group;
    private final String bundle;
    private final String refusal;

    /**
     * Describes an engine that may sync.
     *
     * @param name its name
     * @param collections its collections, the primary one first
     * @param version the version of its record format
     * @param group the switch that it shares with others; an empty string when it has its own
     * @param bundle the symbolic name of its bundle
     */
    public EngineInfo(String name, List<String> collections, int version, String group, String bundle) {
        this(name, collections, version, group, bundle, null);
    }

    private EngineInfo(
            String name, List<String> collections, int version, String group, String bundle, String refusal) {
        this.name = Objects.requireNonNull(name, "name");
        this.collections = List.copyOf(collections);
        this.version = version;
        this.group = Objects.requireNonNull(group, "group");
        this.bundle = Objects.requireNonNull(bundle, "bundle");
        this.refusal = refusal;
    }

    /**
     * The same engine, refused.
     *
     * @param reason why it may not sync
     * @return a new description
     */
    public EngineInfo refused(String reason) {
        return new EngineInfo(name, collections, version, group, bundle, Objects.requireNonNull(reason, "reason"));
    }

    /** {@return its name} */
    public String name() {
        return name;
    }

    /** {@return its collections, the primary one first} */
    public List<String> collections() {
        return collections;
    }

    /** {@return the version of its record format} */
    public int version() {
        return version;
    }

    /** {@return the switch that it shares with other engines, when it does} */
    public Optional<String> findGroup() {
        return group.isEmpty() ? Optional.empty() : Optional.of(group);
    }

    /** {@return the symbolic name of its bundle} */
    public String bundle() {
        return bundle;
    }

    /** {@return why it may not sync, when it was refused} */
    public Optional<String> findRefusal() {
        return Optional.ofNullable(refusal);
    }

    @Override
    public String toString() {
        return "EngineInfo[" + name + " " + collections + (refusal == null ? "]" : ", refused: " + refusal + "]");
    }
}
