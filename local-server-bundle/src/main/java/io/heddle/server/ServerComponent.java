// SPDX-License-Identifier: Apache-2.0
package io.heddle.server;

import io.heddle.server.database.Database;
import io.heddle.server.database.StoreException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the server while there is a configuration for it; a changed configuration makes a new instance. The database opens on
 * a thread of its own, beside the start of the HTTP service: each takes a good part of a second.
 */
@Component(
        configurationPid = ServerComponent.PID,
        configurationPolicy = ConfigurationPolicy.REQUIRE,
        immediate = true,
        service = {})
@Designate(ocd = ServerConfiguration.class)
public final class ServerComponent {
    /** The PID of the configuration. */
    public static final String PID = "io.heddle.server";

    private static final Logger LOG = LoggerFactory.getLogger(ServerComponent.class);

    private final Publication publication;
    private final FutureTask<Database> opening;

    /**
     * Begins to start the server.
     *
     * @param context this bundle's
     * @param configuration the configuration
     */
    @Activate
    public ServerComponent(BundleContext context, ServerConfiguration configuration) {
        ServerSettings settings = ServerConfiguration.Reader.settings(configuration);
        Path directory = Path.of(configuration.database_directory());
        this.publication = new Publication(context, settings);
        this.opening = new FutureTask<>(() -> open(directory, settings));
        Thread thread = new Thread(opening, "heddle-server-start");
        thread.setDaemon(true);
        thread.start();
    }

    private Database open(Path directory, ServerSettings settings) {
        try {
            Database database = Database.open(directory);
            publication.open(new SyncServer(database, settings, Clock.systemUTC()));
            return database;
        } catch (StoreException e) {
            LOG.warn(
                    "Local server did not start with the database in {}: {}: {}", directory, e.getMessage(), reason(e));
            LOG.debug("Local server did not start", e);
            throw e;
        } catch (RuntimeException e) {
            LOG.warn("Local server did not start", e);
            throw e;
        }
    }

    private static String reason(StoreException e) {
        return e.getCause() == null ? "" : e.getCause().getMessage();
    }

    @Deactivate
    void stop() {
        try {
            // Not interrupted: a database that is about to open must first be there to be closed.
            Database database = opening.get();
            publication.close();
            database.close();
        } catch (ExecutionException neverStarted) {
            publication.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            publication.close();
        }
    }
}
