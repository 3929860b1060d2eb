// SPDX-License-Identifier: Apache-2.0
package io.heddle.launcher;

import io.heddle.api.SyncListener;
import io.heddle.api.SyncRequest;
import io.heddle.launcher.account.AccountFile;
import io.heddle.launcher.account.FileAccount;
import io.heddle.launcher.framework.BundleGroup;
import io.heddle.launcher.framework.EmbeddedFramework;
import io.heddle.launcher.server.ServerDuty;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.osgi.framework.BundleException;

/**
 * The account's local server, run by this process when no other one does. That is looked at when the run begins and before
 * each sync: the process that ran it may have ended.
 *
 * <p><b>Threading:</b> safe.
 */
final class LocalServer implements SyncListener, AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final FileAccount account;
    private final EmbeddedFramework framework;
    private final PrintStream complaints;
    private Optional<ServerDuty> duty = Optional.empty();

    /**
     * Does nothing yet.
     *
     * @param account tells whether there is a local server, and where
     * @param framework where it is to run
     * @param complaints is told when it can't run before a sync
     */
    LocalServer(FileAccount account, EmbeddedFramework framework, PrintStream complaints) {
        this.account = account;
        this.framework = framework;
        this.complaints = complaints;
    }

    /**
     * Begins to run the server, when it is to run here.
     *
     * @throws IOException when it can't, for another program at its port
     * @throws BundleException when one of its bundles does not start
     */
    synchronized void begin() throws IOException, BundleException {
        AccountFile file = account.file();
        Optional<Path> folder = file.findLocalServer();
        if (folder.isEmpty() || duty.isPresent()) {
            return;
        }
        duty = ServerDuty.take(file.tokenServer(), folder.get());
        if (duty.isPresent()) {
            framework.configure(
                    "io.heddle.server",
                    Map.of("database.directory", duty.get().folder().toString()));
            // Felix HTTP looks for its settings there too; the framework's own properties were fixed at its start.
            System.setProperty("org.apache.felix.http.host", "127.0.0.1");
            System.setProperty(
                    "org.osgi.service.http.port", String.valueOf(duty.get().port()));
            framework.start(BundleGroup.SERVER);
        }
    }

    /**
     * Waits until the server answers, when it runs here.
     *
     * @throws IOException when it does not
     */
    synchronized void await() throws IOException {
        if (duty.isPresent()) {
            framework.await("(objectClass=io.heddle.server.LocalServer)", PATIENCE);
        }
    }

    @Override
    public synchronized void syncStarted(SyncRequest request) {
        AccountFile file = account.file();
        if (duty.isPresent() || file.findLocalServer().isEmpty() || ServerDuty.isAnswered(file.tokenServer())) {
            return;
        }
        try {
            begin();
            await();
        } catch (IOException | BundleException e) {
            // The sync goes on, and tells that it reaches no server.
            complaints.println("heddle: " + e.getMessage());
        }
    }

    /** Lets another process run the server; after the framework has stopped. */
    @Override
    public synchronized void close() throws IOException {
        if (duty.isPresent()) {
            duty.get().close();
        }
    }
}
