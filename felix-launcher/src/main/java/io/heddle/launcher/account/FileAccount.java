// SPDX-License-Identifier: Apache-2.0
package io.heddle.launcher.account;

import io.heddle.api.account.AccountProvider;
import io.heddle.api.account.Credentials;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Clock;
import java.util.Optional;

/**
 * The account of an account file. The file is read anew each time it is needed: another program may put a fresh access
 * token there, and nothing secret stays in memory meanwhile.
 *
 * <p><b>Threading:</b> safe.
 */
public final class FileAccount implements AccountProvider {

    private final Path file;
    private AccountServer server;
    private byte[] tokenDigest;

    private FileAccount(Path file) {
        this.file = file;
    }

    /**
     * Opens an account file.
     *
     * @param file the account file
     * @return the account
     * @throws IOException when it can't be read, or says something wrong; the message names file and field
     */
    public static FileAccount open(Path file) throws IOException {
        FileAccount account = new FileAccount(file);
        try (AccountFile now = account.read()) {
            account.remember(now);
            return account;
        }
    }

    /**
     * Makes an account with a server of its own, unless its file is there.
     *
     * @param file the account file
     * @param localServer the folder of the server
     * @return whether one was made
     * @throws IOException when it can't be written
     */
    public static boolean makeMissing(Path file, Path localServer) throws IOException {
        if (Files.exists(file)) {
            return false;
        }
        new NewAccount(Clock.systemUTC()).write(file, localServer);
        return true;
    }

    /** {@return the account file} */
    public Path file() {
        return file;
    }

    /** {@return where the account is, by what the file said when it was last read} */
    public synchronized AccountServer server() {
        return server;
    }

    @Override
    public synchronized Optional<Credentials> findCredentials() throws IOException {
        try (AccountFile now = read()) {
            remember(now);
            return Optional.of(now.credentials());
        }
    }

    @Override
    public synchronized Optional<Credentials> refreshCredentials() throws IOException {
        try (AccountFile now = read()) {
            boolean same = MessageDigest.isEqual(tokenDigest, now.tokenDigest());
            remember(now);
            return same ? Optional.empty() : Optional.of(now.credentials());
        }
    }

    private AccountFile read() throws IOException {
        return AccountReader.read(file);
    }

    private synchronized void remember(AccountFile now) {
        server = now.server();
        tokenDigest = now.tokenDigest();
    }
}
