// SPDX-License-Identifier: Apache-2.0
package io.heddle.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Looks whether the files and folders of a command line can be what they are to be, before anything is made. */
final class Places {

    private Places() {}

    /**
     * Looks at all of them.
     *
     * @param options the command line
     * @throws UsageException when one can't be used; the message names it
     */
    static void check(Options options) throws UsageException {
        folder("--data", options.data());
        folder("--notes", options.notes());
        folder("--engines", options.engines());
        require(
                !options.isAccountGiven() || Files.exists(options.account()),
                "account file " + options.account() + " does not exist; heddle --data DIR makes DIR/account.json with a"
                        + " new account");
        notes(options);
        engines(options);
    }

    private static void folder(String option, Path path) throws UsageException {
        require(!Files.exists(path) || Files.isDirectory(path), option + " needs a folder, but " + path + " is none");
        require(
                !Files.exists(path) || (Files.isReadable(path) && Files.isExecutable(path)),
                option + ": the folder " + path + " can't be read");
    }

    /** What Heddle keeps for itself must not be synced as notes, and the other way round. */
    private static void notes(Options options) throws UsageException {
        Path notes = real(options.notes());
        Path data = real(options.data());
        require(
                !data.startsWith(notes),
                "--notes must be another folder than --data and not around it, found " + options.notes());
        require(
                !real(options.account()).startsWith(notes),
                "--notes must not hold the account file, found " + options.notes());
        for (String own : List.of("state", "cache", "server")) {
            require(
                    !notes.startsWith(data.resolve(own)),
                    "--notes must not lie in the folder " + own + " of --data, found " + options.notes());
        }
    }

    /** A note may come from another device: it must not be installed as code here. */
    private static void engines(Options options) throws UsageException {
        Path notes = real(options.notes());
        Path engines = real(options.engines());
        require(
                !engines.startsWith(notes) && !notes.startsWith(engines),
                "--notes and --engines must be folders of their own, neither in the other, found " + options.notes()
                        + " and " + options.engines());
    }

    /** Without symbolic links, as far as the path exists. */
    private static Path real(Path path) {
        try {
            return path.toRealPath();
        } catch (IOException e) {
            return Optional.ofNullable(path.getParent())
                    .map(parent -> real(parent).resolve(path.getFileName()))
                    .orElse(path);
        }
    }

    private static void require(boolean condition, String message) throws UsageException {
        if (!condition) {
            throw new UsageException(message);
        }
    }
}
