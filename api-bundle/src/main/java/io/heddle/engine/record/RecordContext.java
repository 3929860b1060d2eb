// SPDX-License-Identifier: Apache-2.0
package io.heddle.engine.record;

import io.heddle.engine.Command;
import io.heddle.engine.GlobalConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * What an engine may know about the sync that it takes part in, and where it leaves commands for the other devices.
 *
 * <p>It refers to nothing of the manager.
 *
 * <p><b>Threading:</b> safe.
 */
public final class RecordContext {

    /** How many commands for other devices one run may leave. */
    public static final int MOST_COMMANDS = 100;

    private final String deviceName;
    private final GlobalConfig config;
    private final List<String> collections;
    private final String engine;
    private final List<Command> forOthers = new ArrayList<>();
    private boolean over;

    /**
     * Assembles the context of an engine that is named as its primary collection.
     *
     * @param deviceName this device's name as people see it
     * @param config the server's limits
     * @param collections the engine's collections, the primary one first
     */
    public RecordContext(String deviceName, GlobalConfig config, List<String> collections) {
        this(deviceName, config, collections, collections.get(0));
    }

    /**
     * Assembles the context.
     *
     * @param deviceName this device's name as people see it
     * @param config the server's limits
     * @param collections the engine's collections, the primary one first
     * @param engine the engine's name
     */
    public RecordContext(String deviceName, GlobalConfig config, List<String> collections, String engine) {
        this.deviceName = Objects.requireNonNull(deviceName, "deviceName");
        this.config = Objects.requireNonNull(config, "config");
        this.collections = List.copyOf(collections);
        this.engine = Objects.requireNonNull(engine, "engine");
    }

    /** {@return this device's name, for example to name a conflicting copy after it} */
    public String deviceName() {
        return deviceName;
    }

    /** {@return the server's limits; {@link GlobalConfig#maxCleartextBytes()} tells what fits into a record} */
    public GlobalConfig config() {
        return config;
    }

    /** {@return the engine's collections, the primary one first} */
    public List<String> collections() {
        return collections;
    }

    /**
     * Leaves a command for the engines of this name on all other devices of the account. It goes out with this sync when
     * the engine's run ends well, and else not at all: then the engine leaves it again in its next run.
     *
     * @param command its first argument is this engine's name
     * @throws IllegalArgumentException when it is not
     * @throws IllegalStateException when the engine's run is over, or it has left {@value #MOST_COMMANDS} commands already
     */
    public synchronized void commandOthers(Command command) {
        if (!command.findArgument(0).filter(engine::equals).isPresent()) {
            throw new IllegalArgumentException("expected " + engine + " as the first argument of " + command.name());
        }
        if (over || forOthers.size() == MOST_COMMANDS) {
            throw new IllegalStateException(
                    over ? "the engine's run is over" : "the engine has left " + MOST_COMMANDS + " commands already");
        }
        forOthers.add(command);
    }

    /**
     * Ends the run: from now on no command can be left here. For the manager.
     *
     * @return the commands for all other devices, in order
     */
    public synchronized List<Command> end() {
        over = true;
        return List.copyOf(forOthers);
    }

    @Override
    public String toString() {
        return "RecordContext" + collections;
    }
}
