// SPDX-License-Identifier: Apache-2.0
package io.heddle.engine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A command that one device sent to an engine on another, through the clients collection.
 *
 * <p>Commands are delivered at least once: an engine must bear to meet one again. The JSON on the wire is
 * {@code {"command": "wipeEngine", "args": ["bookmarks"], "flowID": "…"}}; single arguments may be null there.
 */
public final class Command {

    /** Has the engine that its one argument names delete its local data, and take what the server has. */
    public static final String WIPE_ENGINE = "wipeEngine";

    /** Has the engine that its one argument names forget what the server has, and keep its local data. */
    public static final String RESET_ENGINE = "resetEngine";

    private final String name;
    private final List<String> arguments;
    private final String flowId;

    private Command(String name, List<String> arguments, String flowId) {
        this.name = Objects.requireNonNull(name, "name");
        if (name.isEmpty()) {
            throw new IllegalArgumentException("a command has a name");
        }
        this.arguments = Collections.unmodifiableList(new ArrayList<>(arguments));
        this.flowId = flowId;
    }

    /**
     * A command without a flow id.
     *
     * @param name what to do, for example {@code wipeEngine}
     * @param arguments its arguments in order; a null stands for the wire's null
     * @return the command
     */
    public static Command of(String name, String... arguments) {
        return new Command(name, Arrays.asList(arguments), null);
    }

    /**
     * The same command as part of a flow.
     *
     * @param id what all records of one user action share
     * @return a new command
     */
    public Command withFlowId(String id) {
        return new Command(name, arguments, Objects.requireNonNull(id, "id"));
    }

    /** {@return what to do} */
    public String name() {
        return name;
    }

    /** {@return how many arguments there are, nulls counted} */
    public int argumentCount() {
        return arguments.size();
    }

    /**
     * One argument.
     *
     * @param index from 0
     * @return the argument; empty when it is null on the wire or there are not that many
     */
    public Optional<String> findArgument(int index) {
        return index >= 0 && index < arguments.size() ? Optional.ofNullable(arguments.get(index)) : Optional.empty();
    }

    /** {@return the id of the flow that the command belongs to, when it has one} */
    public Optional<String> findFlowId() {
        return Optional.ofNullable(flowId);
    }

    /** Two commands are equal when they ask for the same: the flow id does not count. */
    @Override
    public boolean equals(Object other) {
        return other instanceof Command that && name.equals(that.name) && arguments.equals(that.arguments);
    }

    @Override
    public int hashCode() {
        return Objects.hash(name, arguments);
    }

    /** The name and the number of arguments; their values may be private. */
    @Override
    public String toString() {
        return "Command[" + name + ", " + arguments.size() + " arguments]";
    }
}
