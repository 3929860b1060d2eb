// SPDX-License-Identifier: Apache-2.0
package io.heddle.launcher;

import io.heddle.api.SyncListener;
import io.heddle.api.SyncRequest;
import io.heddle.api.SyncResult;
import io.heddle.launcher.account.FileAccount;
import io.heddle.launcher.console.AccountAdvice;
import io.heddle.launcher.console.CommandLine;
import io.heddle.launcher.console.Console;
import io.heddle.launcher.console.LeaveCommand;
import io.heddle.launcher.console.Progress;
import io.heddle.launcher.console.ResultJson;
import io.heddle.launcher.framework.BundleGroup;
import io.heddle.launcher.framework.EmbeddedFramework;
import io.heddle.launcher.server.FolderLock;
import io.heddle.launcher.server.ServerDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.osgi.framework.BundleException;

/** One run of the launcher, from a command line that was understood to the exit code. */
final class Run {

    private static final Duration SERVICE_PATIENCE = Duration.ofSeconds(10);
    private static final String GOGO = "(objectClass=org.apache.felix.service.command.CommandProcessor)";

    private final Options options;
    private final Console console;
    private final Path jar;
    private final SyncHistory history = new SyncHistory();
    private Optional<String> failure = Optional.empty();

    /**
     * Prepares a run.
     *
     * @param options what the person wants
     * @param console where the person is
     * @param jar the launcher's jar
     */
    Run(Options options, Console console, Path jar) {
        this.options = options;
        this.console = console;
        this.jar = jar;
    }

    /**
     * Does it. With {@code --json} the result is the last that it prints.
     *
     * @return how it ended
     * @throws IOException when something can't be read, written or started; the message is for the person
     * @throws BundleException when a bundle does not start
     */
    ExitCode run() throws IOException, BundleException {
        FolderLock lock = FolderLock.take(options.data())
                .orElseThrow(() -> new IOException(
                        "another launcher uses " + options.data() + "; end it, or give this one its own --data"));
        ExitCode code;
        try {
            code = run(account());
        } finally {
            lock.close();
        }
        if (options.is(Options.Flag.JSON)) {
            console.out().println(history.findLast().map(ResultJson::of).orElse(withoutSync(code)));
        }
        return code;
    }

    private String withoutSync(ExitCode code) {
        return ResultJson.withoutSync(code.name(), failure.orElse("no command ran a sync"));
    }

    private FileAccount account() throws IOException {
        Path server = options.data().resolve("server");
        if (!Files.exists(options.account())) {
            ServerDatabase.requireNone(options.account(), server);
        }
        if (FileAccount.makeMissing(options.account(), server)) {
            console.err().println("Made a new account, with a server on this machine: " + options.account());
        }
        return FileAccount.open(options.account());
    }

    private ExitCode run(FileAccount account) throws IOException, BundleException {
        List<SyncListener> listeners =
                List.of(history, new Progress(console, System::nanoTime), new AccountAdvice(console, account.file()));
        try (Installation installation = Installation.start(options, account, console, listeners, jar)) {
            Thread stop = new Thread(() -> closeQuietly(installation), "heddle-stop");
            Runtime.getRuntime().addShutdownHook(stop);
            ExitCode code = options.isInteractive() ? shell(installation) : oneShot(installation);
            removeHook(stop);
            return code;
        }
    }

    private void closeQuietly(Installation installation) {
        try {
            installation.close();
        } catch (IOException e) {
            console.err().println("heddle: " + e.getMessage());
        }
    }

    private static void removeHook(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The process is going down already: the hook is what stops us.
        }
    }

    private ExitCode oneShot(Installation installation) throws IOException, BundleException {
        for (String complaint : installation.framework().startFolder(options.engines())) {
            console.err().println("Left out " + complaint);
        }
        return options.findCommands().isPresent()
                ? commands(installation, options.findCommands().get())
                : once(installation);
    }

    private ExitCode once(Installation installation) throws IOException {
        SyncResult result = installation.manager().syncNow(SyncRequest.all().byUser());
        if (options.is(Options.Flag.VERBOSE)) {
            tellAge();
        }
        if (!options.is(Options.Flag.JSON)) {
            console.out().println(text(installation).apply(result));
        }
        return ExitCode.of(result);
    }

    /** As long as the person has waited. */
    private void tellAge() {
        ProcessHandle.current()
                .info()
                .startInstant()
                .map(start -> Duration.between(start, Instant.now()).toMillis())
                .ifPresent(age -> console.err().println("Synced " + age + " ms after the start of the process"));
    }

    @SuppressWarnings("unchecked")
    private static Function<SyncResult, String> text(Installation installation) throws IOException {
        return (Function<SyncResult, String>) installation
                .framework()
                .await("(&(objectClass=java.util.function.Function)(io.heddle.text=result))", SERVICE_PATIENCE);
    }

    private ExitCode commands(Installation installation, String commands) throws IOException, BundleException {
        Console visible = options.is(Options.Flag.JSON) ? console.withoutResults() : console;
        try (CommandLine line = commandLine(installation, visible)) {
            line.run(commands);
            return code(line);
        }
    }

    private static CommandLine commandLine(Installation installation, Console console)
            throws IOException, BundleException {
        installation.framework().start(BundleGroup.COMMANDS);
        return new CommandLine(installation.framework().await(GOGO, SERVICE_PATIENCE), console);
    }

    private ExitCode code(CommandLine line) {
        failure = line.findFailure();
        return history.code() == ExitCode.OK && failure.isPresent() ? ExitCode.FAILURE : history.code();
    }

    private ExitCode shell(Installation installation) throws IOException, BundleException {
        if (!console.isTyped()) {
            try (CommandLine line = commandLine(installation, console)) {
                greet();
                line.runInput();
                return code(line);
            }
        }
        EmbeddedFramework framework = installation.framework();
        framework.register(LeaveCommand.class, new LeaveCommand(framework::beginStop), LeaveCommand.properties());
        framework.start(BundleGroup.COMMANDS);
        greet();
        framework.start(BundleGroup.TERMINAL);
        framework.awaitStop();
        return ExitCode.OK;
    }

    private void greet() {
        console.err().println("Heddle. Type sync:now to sync " + options.notes() + ", sync:status, help, or exit.");
    }
}
