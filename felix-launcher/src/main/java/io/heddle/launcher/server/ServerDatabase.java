// SPDX-License-Identifier: Apache-2.0
package io.heddle.launcher.server;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import io.heddle.launcher.account.AccountServer;
import io.heddle.launcher.account.FileAccount;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The database of the local server, seen from outside: whether it is there, and whether it should be. The server makes a
 * missing one, which is right for a new account only.
 */
public final class ServerDatabase {

    /** What the local server calls its file. */
    private static final String FILE = "heddle-server.mv.db";

    private ServerDatabase() {}

    /**
     * Makes sure that a new account gets a new server.
     *
     * @param accountFile where the account is to be made
     * @param folder of its server
     * @throws IOException when the server of an earlier account is there
     */
    public static void requireNone(Path accountFile, Path folder) throws IOException {
        Path file = folder.resolve(FILE);
        if (Files.exists(file)) {
            throw new IOException(
                    "account file " + accountFile + " does not exist, but the database of its server does: "
                            + file + ". Put the account file back: nothing else opens what is stored."
                            + " For a new account, move the database away first");
        }
    }

    /**
     * Makes sure that the server does not start empty where there should be data.
     *
     * @param account the account, with a local server
     * @param managerState the file in which the manager remembers what it has synced with
     * @param mayBeNew whether the account may be one that was just made
     * @throws IOException when there is no database, although this device has synced with it or it can't be new
     */
    public static void requireRight(FileAccount account, Path managerState, boolean mayBeNew) throws IOException {
        Path file = account.server().localServer().orElseThrow().resolve(FILE);
        if (Files.exists(file)) {
            return;
        }
        String gone = "the database of the local server is gone: " + file + " does not exist, but ";
        if (hasSynced(account.server(), managerState)) {
            throw new IOException(
                    gone + managerState + " says that this device has synced with it. Put the database back,"
                            + " or, to start over with what this device holds, delete " + managerState);
        }
        if (!mayBeNew) {
            throw new IOException(gone + "the account is no new one. If " + account.file()
                    + " is a copy, name the original, or let its localServer say where the database is");
        }
    }

    private static boolean hasSynced(AccountServer account, Path managerState) throws IOException {
        if (!Files.exists(managerState)) {
            return false;
        }
        try {
            JsonElement state = JsonParser.parseString(Files.readString(managerState));
            return state instanceof JsonObject fields
                    && fields.get("account") instanceof JsonObject last
                    && last.get("keyId") instanceof JsonPrimitive keyId
                    && keyId.getAsString().equals(account.keyId());
        } catch (JsonParseException e) {
            // Damaged: the manager sets it aside and begins anew.
            return false;
        }
    }
}
