// SPDX-License-Identifier: Apache-2.0
package io.heddle.integration.firefox;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Which Firefox is driven: the one that the system property {@code firefox} names, else one of the search path. */
final class FirefoxBinary {

    /** The system property that chooses a binary. */
    static final String PROPERTY = "firefox";

    private static final List<String> NAMES = List.of("firefox-esr", "firefox");

    private FirefoxBinary() {}

    /**
     * Looks for it.
     *
     * @return the binary, or empty when none is installed
     * @throws IllegalStateException when the property names something that can't be run: that is no reason to skip a test
     */
    static Optional<Path> find() {
        String chosen = System.getProperty(PROPERTY, "");
        if (!chosen.isEmpty()) {
            Path binary = Path.of(chosen);
            if (!Files.isExecutable(binary)) {
                throw new IllegalStateException("-D" + PROPERTY + "=" + chosen + " is nothing that can be run");
            }
            return Optional.of(binary);
        }
        return NAMES.stream().flatMap(name -> onSearchPath(name).stream()).findFirst();
    }

    private static Optional<Path> onSearchPath(String name) {
        String path = System.getenv().getOrDefault("PATH", "");
        return List.of(path.split(File.pathSeparator)).stream()
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .findFirst();
    }
}
