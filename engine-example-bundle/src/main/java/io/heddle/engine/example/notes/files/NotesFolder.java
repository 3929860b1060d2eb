// SPDX-License-Identifier: Apache-2.0
package io.heddle.engine.example.notes.files;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import io.heddle.engine.example.RecordIds;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
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
import java.util.Comparator;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The folder whose files are the notes, and the file operations of the engine.
 *
 * <p>Every operation takes a path relative to the folder that {@link #findProblem} has found good. Its own things are in
 * the hidden folder {@code .heddle}: {@code folder-id} (which says that it is this folder and no empty mount point),
 * {@code incoming/} (files on their way in) and {@code trash-…} (what a wipe moved away).
 *
 * <p><b>Threading:</b> one thread at a time; people change the files meanwhile.
 */
public class NotesFolder {

    private static final String OWN = ".heddle";
    private static final long MAX_MODIFIED_MILLIS = 253_402_300_799_999L;

    private final Path root;
    private final Set<Path> touched = new TreeSet<>();

    /**
     * Names the folder; nothing is looked at yet.
     *
     * @param root the folder
     */
    public NotesFolder(Path root) {
        this.root = root.toAbsolutePath().normalize();
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
        Path marker = root.resolve(OWN).resolve("folder-id");
        if (expectedId.isPresent() && !Files.isRegularFile(marker, NOFOLLOW_LINKS)) {
            throw new IOException("The folder " + root + (Files.isDirectory(root) ? " is not the one" : " is missing")
                    + " that held this device's notes; is its disk mounted? Nothing was synced and nothing is taken for"
                    + " deleted. Put the folder back, or configure the place that it was moved to. To start over instead,"
                    + " delete the index " + index + ": the notes come again from the server, which loses none.");
        }
        createFolders(root);
        for (Path own : new Path[] {root.resolve(OWN), incoming()}) {
            if (!Files.isDirectory(own, NOFOLLOW_LINKS)) {
                Files.createDirectory(own);
            }
        }
        if (!Files.isRegularFile(marker, NOFOLLOW_LINKS)) {
            Files.writeString(marker, RecordIds.next(), StandardOpenOption.CREATE_NEW);
        }
        String id = Files.readString(marker).strip();
        if (expectedId.isPresent() && !expectedId.get().equals(id)) {
            throw new IOException("The folder " + root + " is another one than that which held this device's notes"
                    + " (see .heddle/folder-id). Configure another state file for it.");
        }
        discardTemporaries();
        return id;
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
            Path way = root;
            for (Path name : root.getFileSystem().getPath(path)) {
                way = way.resolve(name);
                if (Files.isSymbolicLink(way)) {
                    return Optional.of("the path leads through a symbolic link");
                }
            }
            return way.normalize().startsWith(root) && !way.equals(root)
                    ? Optional.empty()
                    : Optional.of("the path leads out of the folder");
        } catch (InvalidPathException e) {
            return Optional.of("this system can't name such a file");
        }
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
     * @throws IOException when it can't be looked at
     */
    public Optional<FileStamp> findStamp(String file) throws IOException {
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
     * Hashes a file's contents.
     *
     * @param file any file
     * @return SHA-256 as 64 lower-case hex digits
     * @throws IOException when it can't be read
     */
    public static String sha256(Path file) throws IOException {
        MessageDigest digest = newSha256();
        byte[] buffer = new byte[64 * 1024];
        try (InputStream in = Files.newInputStream(file, NOFOLLOW_LINKS)) {
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                digest.update(buffer, 0, count);
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
        return incoming().resolve(RecordIds.next());
    }

    /**
     * Puts a finished file in its place, over the one that was seen there.
     *
     * @param temporary from {@link #newTemporary}, complete and forced to disk
     * @param file a good relative path
     * @param modifiedMillis what the file's time is to be
     * @param seen what is there now and is to be replaced; empty when nothing is
     * @throws IOException when something else is there by now, or the file can't be moved; what is there stands
     */
    public void place(Path temporary, String file, long modifiedMillis, Optional<FileStamp> seen) throws IOException {
        long modified = Math.max(0, Math.min(modifiedMillis, MAX_MODIFIED_MILLIS));
        Files.setLastModifiedTime(temporary, FileTime.fromMillis(modified));
        Path target = resolve(file);
        createFolders(target.getParent());
        if (!findStamp(file).equals(seen) || (seen.isEmpty() && isTaken(file))) {
            throw new IOException("A file was changed while it was about to be replaced; the next sync merges it");
        }
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
        createFolders(to.getParent());
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
     * @throws IOException when that failed
     */
    public void delete(String file) throws IOException {
        Files.deleteIfExists(resolve(file));
        prune(resolve(file).getParent());
    }

    /**
     * Moves all that isn't hidden out of sight.
     *
     * @param name the name of a new folder in {@code .heddle}
     * @throws IOException when that failed in part
     */
    public void trash(String name) throws IOException {
        Path trash = root.resolve(OWN).resolve(name);
        for (int number = 2; Files.exists(trash); number++) {
            trash = root.resolve(OWN).resolve(name + "-" + number);
        }
        Files.createDirectory(trash);
        try (DirectoryStream<Path> children = Files.newDirectoryStream(root)) {
            for (Path child : children) {
                if (!NotePath.isIgnored(child.getFileName().toString()) && !Files.isSymbolicLink(child)) {
                    Files.move(child, trash.resolve(child.getFileName()), StandardCopyOption.ATOMIC_MOVE);
                }
            }
        }
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

    private static void createFolders(Path directory) throws IOException {
        // createDirectories would not accept a folder that is reached through a link.
        if (!Files.isDirectory(directory)) {
            Files.createDirectories(directory);
        }
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

    private void discardTemporaries() throws IOException {
        try (Stream<Path> left = Files.list(incoming())) {
            for (Path file : left.sorted(Comparator.naturalOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }

    private Path incoming() {
        return root.resolve(OWN).resolve("incoming");
    }
}
