// SPDX-License-Identifier: Apache-2.0
package io.heddle.launcher;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The command line, read. Paths are absolute; those that were not given lie in the data folder.
 *
 * <p><b>Threading:</b> immutable.
 */
final class Options {

    /** What is on or off. */
    enum Flag {
        /** One sync, then the end. */
        ONCE,
        /** The result as JSON on stdout. */
        JSON,
        /** Says what it does. */
        VERBOSE,
        /** Explains the options only. */
        HELP
    }

    private final Set<Flag> flags = EnumSet.noneOf(Flag.class);
    private Path data = Path.of(System.getProperty("user.home"), ".heddle");
    private Optional<Path> account = Optional.empty();
    private Optional<Path> notes = Optional.empty();
    private Optional<Path> engines = Optional.empty();
    private Optional<String> device = Optional.empty();
    private Optional<String> commands = Optional.empty();

    private Options() {}

    /**
     * Reads the command line.
     *
     * @param arguments as the shell split them; a value follows its option, or an equals sign
     * @return the options
     * @throws UsageException when an option is unknown, lacks its value or contradicts another one
     */
    static Options parse(String... arguments) throws UsageException {
        Options options = new Options();
        Deque<String> rest = new ArrayDeque<>(List.of(arguments));
        while (!rest.isEmpty()) {
            String argument = rest.pop();
            int equals = argument.startsWith("--") ? argument.indexOf('=') : -1;
            String name = equals < 0 ? argument : argument.substring(0, equals);
            if (options.readFlag(name)) {
                require(equals < 0, name + " takes no value");
                continue;
            }
            if (equals >= 0) {
                rest.push(argument.substring(equals + 1));
            }
            options.readValue(name, rest);
        }
        options.check();
        return options;
    }

    private boolean readFlag(String name) {
        switch (name) {
            case "--once" -> flags.add(Flag.ONCE);
            case "--json" -> flags.add(Flag.JSON);
            case "--verbose" -> flags.add(Flag.VERBOSE);
            case "--help", "-h" -> flags.add(Flag.HELP);
            default -> {
                return false;
            }
        }
        return true;
    }

    private void readValue(String name, Deque<String> rest) throws UsageException {
        switch (name) {
            case "--data" -> data = path(name, rest);
            case "--account" -> account = Optional.of(path(name, rest));
            case "--notes" -> notes = Optional.of(path(name, rest));
            case "--engines" -> engines = Optional.of(path(name, rest));
            case "--device" -> device = Optional.of(value(name, rest));
            case "--exec" -> commands = Optional.of(value(name, rest));
            default ->
                throw new UsageException(
                        name.startsWith("-") ? "unknown option " + name : "unexpected argument " + name);
        }
    }

    private void check() throws UsageException {
        require(!(is(Flag.ONCE) && commands.isPresent()), "--once and --exec exclude each other");
        require(!is(Flag.JSON) || is(Flag.ONCE) || commands.isPresent(), "--json needs --once or --exec");
    }

    private static Path path(String name, Deque<String> rest) throws UsageException {
        String value = value(name, rest);
        try {
            return Path.of(value).toAbsolutePath().normalize();
        } catch (InvalidPathException e) {
            throw new UsageException(name + " needs a path, found " + value);
        }
    }

    private static String value(String name, Deque<String> rest) throws UsageException {
        String value = rest.isEmpty() || rest.peek().startsWith("--") ? "" : rest.pop();
        require(!value.isBlank(), name + " needs a value");
        return value;
    }

    private static void require(boolean condition, String message) throws UsageException {
        if (!condition) {
            throw new UsageException(message);
        }
    }

    /** {@return whether a flag was given} */
    boolean is(Flag flag) {
        return flags.contains(flag);
    }

    /** {@return the folder of this device's state} */
    Path data() {
        return data;
    }

    /** {@return the file of the account} */
    Path account() {
        return account.orElse(data.resolve("account.json"));
    }

    /** {@return whether the account file was named, so that it must be there} */
    boolean isAccountGiven() {
        return account.isPresent();
    }

    /** {@return the folder in which this device's bundles keep their state} */
    Path state() {
        return data.resolve("state");
    }

    /** {@return the folder of the notes} */
    Path notes() {
        return notes.orElse(data.resolve("notes"));
    }

    /** {@return the folder of further engine bundles} */
    Path engines() {
        return engines.orElse(data.resolve("engines"));
    }

    /** {@return what people call this device; the manager's default when empty} */
    Optional<String> findDevice() {
        return device;
    }

    /** {@return the commands to run instead of a shell} */
    Optional<String> findCommands() {
        return commands;
    }

    /** {@return whether a person is to type commands} */
    boolean isInteractive() {
        return !is(Flag.ONCE) && commands.isEmpty();
    }
}
