// SPDX-License-Identifier: Apache-2.0
package io.heddle.manager.state;

import io.heddle.api.StateStore;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Optional;

/**
 * Keeps the state in one file, readable by its owner only where the file system knows owners. A crash at any moment
 * leaves the old state or the new one: the new one is written beside it, forced to the disk and renamed over it.
 *
 * <p><b>Threading:</b> safe for use by several threads. An interrupt does not keep a state from being stored.
 */
public final class FileStateStore implements StateStore {

    private static final DateTimeFormatter TIMESTAMP =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
    private static final boolean POSIX =
            FileSystems.getDefault().supportedFileAttributeViews().contains("posix");

    private final Path file;
    private final Path temporary;
    private final Clock clock;

    /**
     * A store in a file; the file and its folders are made when something is stored.
     *
     * @param file for example {@code …/state.json}
     */
    public FileStateStore(Path file) {
        this(file, Clock.systemUTC());
    }

    FileStateStore(Path file, Clock clock) {
        this.file = file.toAbsolutePath();
        this.temporary = this.file.resolveSibling(this.file.getFileName() + ".tmp");
        this.clock = clock;
    }

    @Override
    public synchronized Optional<String> findState() throws IOException {
        byte[] bytes;
        try {
            bytes = Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new IOException("could not read " + file + ": " + e, e);
        }
        String text = new String(bytes, StandardCharsets.UTF_8);
        // Broken bytes within a string would pass for text: such a file is handed on as something that is no document.
        return Optional.of(Arrays.equals(text.getBytes(StandardCharsets.UTF_8), bytes) ? text : "not UTF-8");
    }

    @Override
    public synchronized void store(String json) throws IOException {
        try {
            Files.createDirectories(file.getParent(), ownerOnly("rwx------"));
            // What a crash left behind is of no use, and may not have our permissions.
            Files.deleteIfExists(temporary);
            Files.createFile(temporary, ownerOnly("rw-------"));
            write(json.getBytes(StandardCharsets.UTF_8));
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
            forceFolder();
        } catch (IOException e) {
            throw new IOException("could not store " + file + ": " + e, e);
        }
    }

    @Override
    public synchronized String setAside() throws IOException {
        String name = file.getFileName() + ".corrupt-" + TIMESTAMP.format(clock.instant());
        Path target = file.resolveSibling(name);
        for (int copy = 2; Files.exists(target); copy++) {
            target = file.resolveSibling(name + "-" + copy);
        }
        try {
            Files.move(file, target);
            forceFolder();
        } catch (IOException e) {
            throw new IOException("could not set " + file + " aside: " + e, e);
        }
        return target.toString();
    }

    /** A plain stream: a channel would be closed by an interrupt, and a sync that is stopped must store its state. */
    private void write(byte[] bytes) throws IOException {
        try (FileOutputStream out = new FileOutputStream(temporary.toFile())) {
            out.write(bytes);
            out.getFD().sync();
        }
    }

    /** Makes a rename last; where a folder can't be opened (Windows), the system takes care of that itself. */
    private void forceFolder() throws IOException {
        if (!POSIX) {
            return;
        }
        boolean interrupted = false;
        boolean forced = false;
        try {
            while (!forced) {
                interrupted |= Thread.interrupted();
                try (FileChannel folder = FileChannel.open(file.getParent(), StandardOpenOption.READ)) {
                    folder.force(true);
                    forced = true;
                } catch (ClosedByInterruptException e) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static FileAttribute<?>[] ownerOnly(String permissions) {
        return POSIX
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }

    @Override
    public String toString() {
        return "FileStateStore[" + file + "]";
    }
}
