// SPDX-License-Identifier: Apache-2.0
package io.heddle.server.database;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Properties;
import java.util.UUID;
import org.h2.Driver;

/**
 * The open H2 database with its idle connections.
 *
 * <p><b>Threading:</b> any thread; every transaction has a connection of its own, and sees the state that was committed
 * when it began.
 */
public final class Database implements AutoCloseable {

    /*
     * WRITE_DELAY=0: an acknowledged upload must outlive a killed process. The LOB limit keeps payloads in their rows: the
     * largest that the server takes is below it. LAZY and MAX_MEMORY_ROWS keep large collections out of memory. FILE_LOCK=FS
     * leaves no lock file behind when the process is killed.
     */
    private static final String SETTINGS =
            ";DB_CLOSE_ON_EXIT=FALSE;LAZY_QUERY_EXECUTION=1;MAX_MEMORY_ROWS=2000" + ";MAX_LENGTH_INPLACE_LOB=33554432";

    private static final int IDLE_CONNECTIONS = 16;

    private final String url;
    private final Deque<Connection> idle = new ArrayDeque<>();
    private boolean closed;

    private Database(String url) {
        this.url = url;
        // The first connection opens the database, and an idle one keeps it open.
        run("open the database", connection -> {
            Schema.create(connection);
            return true;
        });
    }

    /**
     * Opens, or makes, the database in a directory.
     *
     * @param directory where its file is; made when it is missing. One process at a time can have it open.
     * @return the open database
     * @throws StoreException when it can't be opened
     */
    public static Database open(Path directory) {
        String file = directory.resolve("heddle-server").toAbsolutePath().toString();
        return new Database("jdbc:h2:file:" + file + SETTINGS + ";FILE_LOCK=FS;WRITE_DELAY=0;TRACE_LEVEL_FILE=0");
    }

    /**
     * Makes a database that lives as long as it is open.
     *
     * @return the empty database
     */
    public static Database inMemory() {
        return new Database("jdbc:h2:mem:" + UUID.randomUUID() + SETTINGS);
    }

    /**
     * Runs a transaction, and commits it.
     *
     * @param what what it does, for the message of an error
     * @param work the work
     * @param <T> what it gives back
     * @param <E> what it throws besides
     * @return the work's result
     * @throws StoreException when the database fails; nothing was changed
     * @throws E what the work threw; nothing was changed
     */
    public <T, E extends Exception> T run(String what, Transaction<T, E> work) throws E {
        try {
            Connection connection = take();
            boolean done = false;
            try {
                T result = work.run(connection);
                connection.commit();
                done = true;
                return result;
            } finally {
                if (!done) {
                    connection.rollback();
                }
                giveBack(connection);
            }
        } catch (SQLException e) {
            throw new StoreException("could not " + what, e);
        }
    }

    private Connection take() throws SQLException {
        synchronized (idle) {
            if (closed) {
                throw new SQLException("the database is closed", "08003");
            }
            Connection connection = idle.pollLast();
            if (connection != null) {
                return connection;
            }
        }
        // The driver itself, not DriverManager: that one looks through class loaders, which OSGi keeps apart.
        Connection connection = Driver.load().connect(url, new Properties());
        connection.setAutoCommit(false);
        // H2's name for a snapshot that holds through the whole transaction.
        connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
        return connection;
    }

    private void giveBack(Connection connection) throws SQLException {
        synchronized (idle) {
            if (!closed && !connection.isClosed() && idle.size() < IDLE_CONNECTIONS) {
                idle.addLast(connection);
                return;
            }
        }
        connection.close();
    }

    /** Closes the database; transactions that still run end first or fail. */
    @Override
    public void close() {
        synchronized (idle) {
            if (closed) {
                return;
            }
            closed = true;
        }
        try {
            Connection last = idle.pollLast();
            for (Connection connection : idle) {
                connection.close();
            }
            idle.clear();
            if (last != null) {
                last.close();
            }
        } catch (SQLException e) {
            throw new StoreException("could not close the database", e);
        }
    }
}
