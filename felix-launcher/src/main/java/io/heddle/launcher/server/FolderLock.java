// SPDX-License-Identifier: Apache-2.0
package io.heddle.launcher.server;

import io.heddle.launcher.account.PrivateFiles;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/** A hold on a folder that one process at a time may use. Closing it, or the end of the process, lets the next one in. */
public final class FolderLock implements AutoCloseable {

    private final FileChannel channel;

    private FolderLock(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * Takes a folder for this process; makes it when it is missing.
     *
     * @param folder the folder
     * @return the hold on it; empty when it is taken
     * @throws IOException when it can't be made or locked
     */
    public static Optional<FolderLock> take(Path folder) throws IOException {
        PrivateFiles.createFolder(folder);
        FileChannel channel =
                FileChannel.open(folder.resolve("launcher.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        boolean taken = false;
        try {
            taken = channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            // Taken by this very process: the same answer as for another one.
        } finally {
            if (!taken) {
                channel.close();
            }
        }
        return taken ? Optional.of(new FolderLock(channel)) : Optional.empty();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
