// SPDX-License-Identifier: Apache-2.0
package io.heddle.launcher;

import io.heddle.launcher.console.Console;
import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import org.osgi.framework.BundleException;

/** The program {@code heddle}. */
public final class Main {

    private Main() {}

    /**
     * Runs the program; the process ends with its exit code.
     *
     * @param arguments the command line
     */
    public static void main(String[] arguments) {
        Console console = Console.ofProcess();
        ExitCode code = run(console, arguments);
        console.out().flush();
        console.err().flush();
        System.exit(code.number());
    }

    private static ExitCode run(Console console, String... arguments) {
        Options options;
        try {
            options = Options.parse(arguments);
        } catch (UsageException e) {
            console.err().println("heddle: " + e.getMessage() + "; heddle --help explains the options");
            return ExitCode.USAGE;
        }
        try {
            if (options.is(Options.Flag.HELP)) {
                console.out().print(help());
                return ExitCode.OK;
            }
            logTo(options);
            return new Run(options, console, ownJar()).run();
        } catch (IOException | BundleException e) {
            console.err().println("heddle: " + reason(e));
            if (options.is(Options.Flag.VERBOSE)) {
                e.printStackTrace(console.err());
            }
            return ExitCode.FAILURE;
        } catch (RuntimeException e) {
            // A mistake of ours: the framework's threads must not keep the process alive.
            console.err().println("heddle: " + e);
            e.printStackTrace(console.err());
            return ExitCode.FAILURE;
        }
    }

    /** Exceptions of the file system say the file only, and by their type what is wrong with it. */
    private static String reason(Exception e) {
        return e instanceof FileSystemException ? e.toString() : e.getMessage();
    }

    /** SLF4J's simple logger, which the bundles share, writes to stderr; it reads its settings once. */
    private static void logTo(Options options) {
        boolean verbose = options.is(Options.Flag.VERBOSE);
        System.setProperty("org.slf4j.simpleLogger.defaultLogLevel", "warn");
        System.setProperty("org.slf4j.simpleLogger.log.io.heddle", verbose ? "info" : "warn");
        System.setProperty("org.slf4j.simpleLogger.showThreadName", String.valueOf(verbose));
        System.setProperty("org.slf4j.simpleLogger.showShortLogName", "true");
        // Gogo replaces System.err while a command runs.
        System.setProperty("org.slf4j.simpleLogger.cacheOutputStream", "true");
    }

    private static String help() throws IOException {
        try (InputStream text = Main.class.getResourceAsStream("help.txt")) {
            return new String(text.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static Path ownJar() {
        try {
            return Path.of(Main.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException("a class path holds paths", e);
        }
    }
}
