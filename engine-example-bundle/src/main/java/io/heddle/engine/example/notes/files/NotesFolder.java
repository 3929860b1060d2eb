// SPDX-License-Identifier: Apache-2.0
package io.heddle.engine.example.notes.files;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The folder whose files are the notes, and the file operations of the engine.
 *
 * <p>Every operation takes a path relative to the folder that {@link #findProblem} has found good. Its own things are in
 * the hidden folder {@code .heddle}.
 *
 * <p><b>Threading:</b> one thread at a time; people change the files meanwhile.
 */
public class NotesFolder {

    private static final long MAX_MODIFIED_MILLIS = 253_402_300_799_999L;

    private final Path root;
    private final OwnFolder own;
    private final Set<Path> touched = new TreeSet<>();

    /**
     * Names the folder; nothing is looked at yet.
     *
     * @param root the folder
     */
    public NotesFolder(Path root) {
        this.root = root.toAbsolutePath().normalize();
        this.own = new OwnFolder(this.root);
    }

    /** {@return the folder} */
    public Path root() {
        return root;
    }

    /**
     * Makes sure that this is the folder that the device had before: deletions are believed only then.
     *
     * @param expectedId the folder's id, empty when the device has no notes yet
     * @param index the file that says so, for the message
     * @return the folder's id
     * @throws IOException when the folder is missing, or another one, with a message for a person
     */
    public String open(Optional<String> expectedId, Path index) throws IOException {
        return own.open(expectedId, index);
    }

    /**
     * Tells why a path from another device can't be used here.
     *
     * @param path any text
     * @return the reason, which doesn't repeat the path; empty when the path is good and leads nowhere else
     */
    public Optional<String> findProblem(String path) {
        Optional<String> problem = NotePath.findProblem(path);
        if (problem.isPresent()) {
            return problem;
        }
        try {
            Path way = resolve(path);
            if (leadsThroughLink(way)) {
                return Optional.of("the path leads through a symbolic link");
            }
            return way.normalize().startsWith(root) && !way.equals(root)
                    ? Optional.empty()
                    : Optional.of("the path leads out of the folder");
        } catch (InvalidPathException e) {
            return Optional.of("this system can't name such a file");
        }
    }

    private boolean leadsThroughLink(Path file) {
        Path way = root;
        for (Path name : root.relativize(file)) {
            way = way.resolve(name);
            if (Files.isSymbolicLink(way)) {
                return true;
            }
        }
        return false;
    }

    /**
     * The file of a note.
     *
     * @param file a good relative path
     * @return the file
     */
    public Path resolve(String file) {
        return root.resolve(file);
    }

    /**
     * Looks at a file without reading it.
     *
     * @param file a good relative path
     * @return its stamp; empty when there is no regular file
     * @throws UnseenFileException when the way to it leads through a link
     * @throws IOException when it can't be looked at
     */
    public Optional<FileStamp> findStamp(String file) throws IOException {
        if (leadsThroughLink(resolve(file))) {
            throw new UnseenFileException("a symbolic link is in its place");
        }
        try {
            BasicFileAttributes attributes =
                    Files.readAttributes(resolve(file), BasicFileAttributes.class, NOFOLLOW_LINKS);
            return attributes.isRegularFile() ? Optional.of(FileStamp.of(attributes)) : Optional.empty();
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (java.nio.file.FileSystemException e) {
            // A folder on the way is a file: then this file doesn't exist either.
            if (findFileAbove(file).isPresent()) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /**
     * Opens a file for reading.
     *
     * @param file a good relative path
     * @return its contents, at any position; to be closed
     * @throws IOException when it can't be read, or is a link
     */
    public FileChannel openFile(String file) throws IOException {
        return FileChannel.open(resolve(file), StandardOpenOption.READ, NOFOLLOW_LINKS);
    }

    /**
     * Hashes a file's contents.
     *
     * @param file a good relative path
     * @return SHA-256 as 64 lower-case hex digits
     * @throws IOException when it can't be read
     */
    public String sha256(String file) throws IOException {
        MessageDigest digest = newSha256();
        ByteBuffer buffer = ByteBuffer.allocate(64 * 1024);
        try (FileChannel channel = openFile(file)) {
            while (channel.read(buffer) >= 0) {
                digest.update(buffer.flip());
                buffer.clear();
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    /** {@return a new digest for SHA-256} */
    public static MessageDigest newSha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /**
     * Tells whether anything has that name, be it a folder or a link.
     *
     * @param file a good relative path
     * @return whether there is something
     */
    public boolean isTaken(String file) {
        return Files.exists(resolve(file), NOFOLLOW_LINKS);
    }

    /**
     * Tells whether two paths are one file to this file system.
     *
     * @param file a good relative path
     * @param other another
     * @return whether both exist and are the same
     */
    public boolean isSame(String file, String other) {
        try {
            return file.equals(other) || Files.isSameFile(resolve(file), resolve(other));
        } catch (IOException e) {
            return false;
        }
    }

    /**
     * Looks for a file where a path needs a folder.
     *
     * @param file a good relative path, for example {@code a/b/c.md}
     * @return the relative path of that file, for example {@code a}; empty when the way is free
     */
    public final Optional<String> findFileAbove(String file) {
        for (int slash = file.indexOf('/'); slash > 0; slash = file.indexOf('/', slash + 1)) {
            String above = file.substring(0, slash);
            if (isTaken(above) && !Files.isDirectory(resolve(above), NOFOLLOW_LINKS)) {
                return Optional.of(above);
            }
        }
        return Optional.empty();
    }

    /** {@return a path for a new file on its way in, on the same file system} */
    public Path newTemporary() {
        return own.newTemporary();
    }

    /**
     * Puts a finished file in its place, over the one that was seen there.
     *
     * @param temporary from {@link #newTemporary}, complete and forced to disk
     * @param file a good relative path
     * @param modifiedMillis what the file's time is to be
     * @param seen what is there now and is to be replaced; empty when nothing is
     * @throws UnseenFileException when something else is there by now; it stands
     * @throws IOException when the file can't be moved; what is there stands
     */
    public void place(Path temporary, String file, long modifiedMillis, Optional<FileStamp> seen) throws IOException {
        long modified = Math.max(0, Math.min(modifiedMillis, MAX_MODIFIED_MILLIS));
        Files.setLastModifiedTime(temporary, FileTime.fromMillis(modified));
        Path target = resolve(file);
        OwnFolder.createFolders(target.getParent());
        requireSeen(file, seen);
        Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
        touched.add(target.getParent());
    }

    /**
     * Gives a file another name; folders that become empty are deleted.
     *
     * @param file a good relative path
     * @param target another, which is free
     * @throws IOException when it isn't free by now, or the file can't be moved; nothing was moved
     */
    public void move(String file, String target) throws IOException {
        Path to = resolve(target);
        OwnFolder.createFolders(to.getParent());
        if (isTaken(target) && !isSame(file, target)) {
            throw new FileAlreadyExistsException(to.toString());
        }
        Files.move(resolve(file), to, StandardCopyOption.ATOMIC_MOVE);
        touched.add(to.getParent());
        prune(resolve(file).getParent());
    }

    /**
     * Deletes a file, and folders that become empty.
     *
     * @param file a good relative path
     * @param seen the file that is to be deleted
     * @throws UnseenFileException when something else is there by now; it stands
     * @throws IOException when it can't be deleted
     */
    public void delete(String file, FileStamp seen) throws IOException {
        requireSeen(file, Optional.of(seen));
        Files.deleteIfExists(resolve(file));
        prune(resolve(file).getParent());
    }

    private void requireSeen(String file, Optional<FileStamp> seen) throws IOException {
        if (!findStamp(file).equals(seen) || (seen.isEmpty() && isTaken(file))) {
            throw new UnseenFileException("it was changed while it was about to be replaced or deleted");
        }
    }

    /**
     * Moves all that isn't hidden out of sight.
     *
     * @param name the name of a new folder in {@code .heddle}
     * @throws IOException when that failed in part
     */
    public void trash(String name) throws IOException {
        own.trash(name);
    }

    /** Makes the names of moved and placed files last: what is written down elsewhere from now on relies on them. */
    public void force() {
        for (Path directory : touched) {
            try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
                channel.force(true);
            } catch (IOException e) {
                // The folder is gone again, or this system can't force one.
                continue;
            }
        }
        touched.clear();
    }

    private void prune(Path directory) throws IOException {
        Path empty = directory;
        try {
            while (!empty.equals(root)) {
                Files.delete(empty);
                empty = empty.getParent();
            }
        } catch (DirectoryNotEmptyException | NoSuchFileException e) {
            // Not empty: it stays.
        }
        touched.add(empty);
    }
}
