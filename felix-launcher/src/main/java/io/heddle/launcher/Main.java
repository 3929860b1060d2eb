// SPDX-License-Identifier: Apache-2.0
package io.heddle.launcher;

import io.heddle.launcher.console.Console;
import io.heddle.launcher.console.ResultJson;
import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.List;
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
        try {
            Options options = Options.parse(arguments);
            if (options.is(Options.Flag.HELP)) {
                console.out().print(help());
                return ExitCode.OK;
            }
            Places.check(options);
            logTo(options);
            return new Run(options, console, ownJar()).run();
        } catch (UsageException e) {
            console.err().println("heddle: " + e.getMessage() + "; heddle --help explains the options");
            return end(ExitCode.USAGE, e.getMessage(), console, arguments);
        } catch (IOException | BundleException e) {
            console.err().println("heddle: " + reason(e));
            if (isAsked("--verbose", arguments)) {
                e.printStackTrace(console.err());
            }
            return end(ExitCode.FAILURE, reason(e), console, arguments);
        } catch (RuntimeException e) {
            // A mistake of ours: the framework's threads must not keep the process alive.
            console.err().println("heddle: " + e);
            e.printStackTrace(console.err());
            return end(ExitCode.FAILURE, e.toString(), console, arguments);
        }
    }

    /** Who asked for JSON gets it, also when the command line was not understood otherwise. */
    private static ExitCode end(ExitCode code, String message, Console console, String... arguments) {
        if (isAsked("--json", arguments)) {
            console.out().println(ResultJson.withoutSync(code.name(), message));
        }
        return code;
    }

    private static boolean isAsked(String flag, String... arguments) {
        return List.of(arguments).contains(flag);
    }

    /** Exceptions of the file system say the file only, and by their type what is wrong with it. */
    private static String reason(Exception e) {
        if (e instanceof AccessDeniedException denied) {
            return denied.getFile() + " can't be used: no permission";
        }
        return e instanceof FileSystemException || e.getMessage() == null ? e.toString() : e.getMessage();
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
