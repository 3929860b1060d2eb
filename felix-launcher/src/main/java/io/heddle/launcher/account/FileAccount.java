// SPDX-License-Identifier: Apache-2.0
package io.heddle.launcher.account;

import io.heddle.api.account.AccountProvider;
import io.heddle.api.account.Credentials;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;

/**
 * The account of an account file. The file is read anew each time it is needed: another program may put a fresh access
 * token there.
 *
 * <p><b>Threading:</b> safe.
 */
public final class FileAccount implements AccountProvider {

    private final Path file;
    private AccountFile lastRead;

    private FileAccount(Path file, AccountFile lastRead) {
        this.file = file;
        this.lastRead = lastRead;
    }

    /**
     * Opens an account file.
     *
     * @param file the account file
     * @return the account
     * @throws IOException when it can't be read, or says something wrong; the message names file and field
     */
    public static FileAccount open(Path file) throws IOException {
        return new FileAccount(file, AccountReader.read(file));
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

    /** {@return what the file said when it was last read} */
    public synchronized AccountFile file() {
        return lastRead;
    }

    @Override
    public synchronized Optional<Credentials> findCredentials() throws IOException {
        lastRead = AccountReader.read(file);
        return Optional.of(lastRead.credentials());
    }

    @Override
    public synchronized Optional<Credentials> refreshCredentials() throws IOException {
        AccountFile now = AccountReader.read(file);
        boolean same = now.hasSameToken(lastRead);
        lastRead = now;
        return same ? Optional.empty() : Optional.of(now.credentials());
    }
}
