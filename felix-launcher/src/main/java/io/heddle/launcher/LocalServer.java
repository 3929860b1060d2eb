// SPDX-License-Identifier: Apache-2.0
package io.heddle.launcher;

import io.heddle.api.account.AccountProvider;
import io.heddle.api.account.Credentials;
import io.heddle.launcher.account.AccountServer;
import io.heddle.launcher.account.FileAccount;
import io.heddle.launcher.framework.BundleGroup;
import io.heddle.launcher.framework.EmbeddedFramework;
import io.heddle.launcher.server.ServerDatabase;
import io.heddle.launcher.server.ServerDuty;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.osgi.framework.BundleException;

/**
 * The account with its local server, run by this process when no other one does. That is looked at when the run begins and
 * when a sync asks for the account: the process that ran it may have ended.
 *
 * <p><b>Threading:</b> safe.
 */
final class LocalServer implements AccountProvider, AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final FileAccount account;
    private final Path managerState;
    private final boolean mayBeNew;
    private final EmbeddedFramework framework;
    private final PrintStream complaints;
    private Optional<ServerDuty> duty = Optional.empty();

    /**
     * Does nothing yet.
     *
     * @param account tells whether there is a local server, and where
     * @param managerState where the manager remembers what it has synced with
     * @param mayBeNew whether it may begin with an empty database
     * @param framework where it is to run
     * @param complaints is told when it can't run before a sync
     */
    LocalServer(
            FileAccount account,
            Path managerState,
            boolean mayBeNew,
            EmbeddedFramework framework,
            PrintStream complaints) {
        this.account = account;
        this.managerState = managerState;
        this.mayBeNew = mayBeNew;
        this.framework = framework;
        this.complaints = complaints;
    }

    /**
     * Begins to run the server, when it is to run here.
     *
     * @throws IOException when it can't, for another program at its port or a lost database
     * @throws BundleException when one of its bundles does not start
     */
    synchronized void begin() throws IOException, BundleException {
        AccountServer server = account.server();
        if (server.localServer().isEmpty() || duty.isPresent()) {
            return;
        }
        Path folder = server.localServer().get();
        duty = ServerDuty.take(
                server.tokenServer(), folder, () -> ServerDatabase.requireRight(account, managerState, mayBeNew));
        if (duty.isPresent()) {
            framework.configure(
                    "io.heddle.server",
                    // It is this account's own: whoever comes later with another access token is mistaken.
                    Map.of("database.directory", folder.toString(), "registration", "first"));
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
            framework
                    .findWithin(PATIENCE, "(objectClass=io.heddle.server.LocalServer)")
                    .orElseThrow(() -> new IOException("the local server does not come up with the database in "
                            + duty.get().folder() + "; what it says is above, --verbose tells more"));
        }
    }

    /** Every sync asks first of all, and waits for the answer. */
    @Override
    public Optional<Credentials> findCredentials() throws IOException {
        takeOver();
        return account.findCredentials();
    }

    @Override
    public Optional<Credentials> refreshCredentials() throws IOException {
        return account.refreshCredentials();
    }

    private synchronized void takeOver() {
        AccountServer server = account.server();
        if (duty.isPresent() || server.localServer().isEmpty() || ServerDuty.isAnswered(server.tokenServer())) {
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
