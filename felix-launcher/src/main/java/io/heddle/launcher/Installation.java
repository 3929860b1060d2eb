// SPDX-License-Identifier: Apache-2.0
package io.heddle.launcher;

import io.heddle.api.SyncListener;
import io.heddle.api.SyncManager;
import io.heddle.api.account.AccountProvider;
import io.heddle.launcher.account.FileAccount;
import io.heddle.launcher.account.PrivateFiles;
import io.heddle.launcher.console.Console;
import io.heddle.launcher.framework.BundleGroup;
import io.heddle.launcher.framework.ConfigurationFiles;
import io.heddle.launcher.framework.EmbeddedFramework;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.osgi.framework.BundleException;

/**
 * Heddle in its framework: the manager with this device's settings and account, the engines, and the local server when it is
 * this process's duty.
 */
final class Installation implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(10);

    private final EmbeddedFramework framework;
    private final LocalServer server;
    private final SyncManager manager;

    private Installation(EmbeddedFramework framework, LocalServer server, SyncManager manager) {
        this.framework = framework;
        this.server = server;
        this.manager = manager;
    }

    /**
     * Starts everything but the commands.
     *
     * @param options what the person wants
     * @param account the account
     * @param console is told when the server can't run
     * @param listeners are told how syncs go
     * @param jar the launcher's jar
     * @return the installation
     * @throws IOException when something can't be read or does not come up
     * @throws BundleException when a bundle does not start
     */
    static Installation start(
            Options options, FileAccount account, Console console, List<SyncListener> listeners, Path jar)
            throws IOException, BundleException {
        EmbeddedFramework framework =
                EmbeddedFramework.start(options.data().resolve("cache"), properties(options), jar);
        LocalServer server =
                new LocalServer(account, managerState(options), !options.isAccountGiven(), framework, console.err());
        try {
            framework.start(BundleGroup.BASE);
            configure(framework, options);
            framework.register(AccountProvider.class, server, Map.of());
            listeners.forEach(listener -> framework.register(SyncListener.class, listener, Map.of()));
            boolean configured = ConfigurationFiles.areIn(options.engines());
            if (options.isInteractive() || configured) {
                PrivateFiles.createFolder(options.engines());
                framework.start(BundleGroup.DEPLOYMENT);
            }
            // It takes as long as all that follows, and has nothing to do with it.
            FutureTask<LocalServer> serving = beginToServe(server);
            framework.start(BundleGroup.SYNC);
            SyncManager manager = framework.await(SyncManager.class, PATIENCE);
            if (configured) {
                framework.awaitConfigurations(PATIENCE);
            }
            result(serving).await();
            return new Installation(framework, server, manager);
        } catch (IOException | BundleException | RuntimeException e) {
            framework.close();
            server.close();
            throw e;
        }
    }

    private static FutureTask<LocalServer> beginToServe(LocalServer server) {
        FutureTask<LocalServer> begun = new FutureTask<>(() -> {
            server.begin();
            return server;
        });
        Thread thread = new Thread(begun, "heddle-serve");
        thread.setDaemon(true);
        thread.start();
        return begun;
    }

    private static <T> T result(FutureTask<T> task) throws IOException, BundleException {
        try {
            return task.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while the local server was awaited", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException failure) {
                throw failure;
            }
            if (e.getCause() instanceof BundleException failure) {
                throw failure;
            }
            throw new IllegalStateException(e.getCause());
        }
    }

    private static Map<String, String> properties(Options options) {
        Map<String, String> properties = new HashMap<>();
        Path cache = options.data().resolve("cache");
        // Gogo's shell reads its profile from a URL of its bundle; nothing else asks for such URLs.
        properties.put("felix.service.urlhandlers", String.valueOf(options.isInteractive()));
        properties.put("felix.fileinstall.dir", options.engines().toString());
        properties.put("felix.fileinstall.tmpdir", cache.resolve("fileinstall").toString());
        properties.put("felix.fileinstall.poll", "500");
        properties.put("felix.fileinstall.noInitialDelay", "true");
        properties.put("felix.fileinstall.log.level", options.is(Options.Flag.VERBOSE) ? "3" : "1");
        // What a person has written is not rewritten.
        properties.put("felix.fileinstall.enableConfigSave", "false");
        if (!options.isInteractive()) {
            properties.put("felix.fileinstall.filter", ConfigurationFiles.PATTERN);
        }
        properties.put("ds.loglevel", options.is(Options.Flag.VERBOSE) ? "info" : "error");
        return properties;
    }

    private static void configure(EmbeddedFramework framework, Options options) throws IOException {
        Path state = options.state();
        Path notesIndex = state.resolve("notes.json");
        PrivateFiles.createFolder(state);
        if (!Files.exists(notesIndex)) {
            // Later a missing folder is a disk that isn't mounted, or a mistake: the engine tells.
            PrivateFiles.createFolder(options.notes());
        }
        Map<String, Object> manager = new HashMap<>();
        manager.put("state.file", managerState(options).toString());
        deviceName(options, state.resolve("device-name")).ifPresent(name -> manager.put("device.name", name));
        framework.configure("io.heddle.manager", manager);
        framework.configure(
                "io.heddle.engine.example.forms",
                Map.of("state.file", state.resolve("forms.json").toString()));
        framework.configure(
                "io.heddle.engine.example.notes",
                Map.of(
                        "folder", options.notes().toString(),
                        "state.file", notesIndex.toString()));
    }

    private static Path managerState(Options options) {
        return options.state().resolve("manager.json");
    }

    /** A name that was given once is kept: a device that is called otherwise each time is hard to recognise. */
    private static Optional<String> deviceName(Options options, Path file) throws IOException {
        if (options.findDevice().isPresent()) {
            Files.writeString(file, options.findDevice().get());
        }
        return Files.exists(file) ? Optional.of(Files.readString(file)) : Optional.empty();
    }

    /** {@return the framework} */
    EmbeddedFramework framework() {
        return framework;
    }

    /** {@return the sync manager} */
    SyncManager manager() {
        return manager;
    }

    /** Stops a sync that runs, and then everything. */
    @Override
    public void close() throws IOException {
        try {
            manager.stop(STOP_PATIENCE);
        } finally {
            framework.close();
            server.close();
        }
    }
}
