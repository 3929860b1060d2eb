// SPDX-License-Identifier: Apache-2.0
package io.heddle.api;

import java.util.Objects;
import java.util.OptionalLong;

/** How far an engine has come in a running sync. */
public final class EngineProgress {

    /** What an engine is at. */
    public enum Phase {
        /** Records come from the server. */
        DOWNLOADING,
        /** They are merged into local data. */
        APPLYING,
        /** Local changes go to the server. */
        UPLOADING
    }

    private final String engine;
    private final Phase phase;
    private final long done;
    private final long total;

    private EngineProgress(String engine, Phase phase, long done, long total) {
        this.engine = Objects.requireNonNull(engine, "engine");
        this.phase = Objects.requireNonNull(phase, "phase");
        this.done = done;
        this.total = total;
    }

    /**
     * Progress towards an unknown end.
     *
     * @param engine the engine's name
     * @param phase what it is at
     * @param done how many records it has behind it in this phase
     * @return the progress
     */
    public static EngineProgress of(String engine, Phase phase, long done) {
        return new EngineProgress(engine, phase, done, -1);
    }

    /**
     * The same towards a known end.
     *
     * @param records how many there are in this phase
     * @return a new progress
     */
    public EngineProgress withTotal(long records) {
        return new EngineProgress(engine, phase, done, Math.max(records, done));
    }

    /** {@return the engine's name} */
    public String engine() {
        return engine;
    }

    /** {@return what it is at} */
    public Phase phase() {
        return phase;
    }

    /** {@return how many records it has behind it in this phase} */
    public long done() {
        return done;
    }

    /** {@return how many records there are in this phase, when that is known} */
    public OptionalLong findTotal() {
        return total < 0 ? OptionalLong.empty() : OptionalLong.of(total);
    }

    @Override
    public String toString() {
        return "EngineProgress[" + engine + ", " + phase + ", " + done + (total < 0 ? "]" : "/" + total + "]");
    }
}
