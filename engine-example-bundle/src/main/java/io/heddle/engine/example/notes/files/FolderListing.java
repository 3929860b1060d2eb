// SPDX-License-Identifier: Apache-2.0
package io.heddle.engine.example.notes.files;

import java.io.File;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.FileVisitor;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What is in the folder, without reading any file.
 *
 * @param files the stamp of each file that can be a note, by relative path
 * @param unclear relative paths of which nothing can be said, nor of what is below them: unreadable, or links
 * @param unusable relative paths of files whose names not every device can hold
 */
public record FolderListing(Map<String, FileStamp> files, Set<String> unclear, Set<String> unusable) {

    /**
     * Lists a folder, with all folders below it; links are not followed.
     *
     * @param folder an open folder
     * @return what is there
     * @throws IOException when the folder itself can't be read
     */
    public static FolderListing of(NotesFolder folder) throws IOException {
        FolderListing listing = new FolderListing(new TreeMap<>(), new TreeSet<>(), new TreeSet<>());
        // The folder itself may be behind a link, which would not be followed.
        Path root = folder.root().toRealPath();
        Files.walkFileTree(root, listing.new Walk(root));
        return listing;
    }

    /**
     * Tells whether a missing file may be there all the same.
     *
     * @param file a relative path
     * @return whether it is at or below an unclear path
     */
    public boolean isUnclear(String file) {
        return unclear.stream().anyMatch(path -> file.equals(path) || file.startsWith(path + "/"));
    }

    private final class Walk implements FileVisitor<Path> {

        private final Path root;

        Walk(Path root) {
            this.root = root;
        }

        @Override
        public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
            boolean skip = !directory.equals(root)
                    && NotePath.isIgnored(directory.getFileName().toString());
            return skip ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            String path = relative(file);
            if (NotePath.isIgnored(file.getFileName().toString())) {
                return FileVisitResult.CONTINUE;
            }
            if (!attributes.isRegularFile()) {
                unclear.add(path);
            } else if (NotePath.findProblem(NotePath.normal(path)).isPresent()
                    || !root.resolve(path).equals(file)) {
                unusable.add(path);
            } else {
                files.put(path, FileStamp.of(attributes));
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
            if (file.equals(root)) {
                throw failure;
            }
            if (!(failure instanceof NoSuchFileException)) {
                unclear.add(relative(file));
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path directory, IOException failure) throws IOException {
            if (failure != null && directory.equals(root)) {
                throw failure;
            }
            if (failure != null) {
                unclear.add(relative(directory));
            }
            return FileVisitResult.CONTINUE;
        }

        private String relative(Path file) {
            return root.relativize(file).toString().replace(File.separatorChar, '/');
        }
    }
}
