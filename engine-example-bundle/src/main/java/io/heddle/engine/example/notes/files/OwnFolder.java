// SPDX-License-Identifier: Apache-2.0
package io.heddle.engine.example.notes.files;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import io.heddle.engine.example.RecordIds;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The hidden folder {@code .heddle} among the notes: {@code folder-id} (which says that it is this folder and no empty
 * mount point), {@code incoming/} (files on their way in) and {@code trash-…} (what a wipe moved away).
 */
final class OwnFolder {

    private final Path root;
    private final Path own;
    private final Path incoming;

    OwnFolder(Path root) {
        this.root = root;
        this.own = root.resolve(".heddle");
        this.incoming = own.resolve("incoming");
    }

    /** See {@link NotesFolder#open}. */
    String open(Optional<String> expectedId, Path index) throws IOException {
        Path marker = own.resolve("folder-id");
        if (expectedId.isPresent() && !Files.isRegularFile(marker, NOFOLLOW_LINKS)) {
            throw new IOException("The folder " + root + (Files.isDirectory(root) ? " is not the one" : " is missing")
                    + " that held this device's notes; is its disk mounted? Nothing was synced and nothing is taken for"
                    + " deleted. Put the folder back, or configure the place that it was moved to. To start over instead,"
                    + " delete the index " + index + ": the notes come again from the server, which loses none.");
        }
        createFolders(root);
        for (Path folder : new Path[] {own, incoming}) {
            if (!Files.isDirectory(folder, NOFOLLOW_LINKS)) {
                Files.createDirectory(folder);
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

    Path newTemporary() {
        return incoming.resolve(RecordIds.next());
    }

    /** See {@link NotesFolder#trash}. */
    void trash(String name) throws IOException {
        Path trash = own.resolve(name);
        for (int number = 2; Files.exists(trash); number++) {
            trash = own.resolve(name + "-" + number);
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

    static void createFolders(Path directory) throws IOException {
        // createDirectories would not accept a folder that is reached through a link.
        if (!Files.isDirectory(directory)) {
            Files.createDirectories(directory);
        }
    }

    private void discardTemporaries() throws IOException {
        try (Stream<Path> left = Files.list(incoming)) {
            for (Path file : left.sorted(Comparator.naturalOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
