// SPDX-License-Identifier: Apache-2.0
package io.heddle.launcher.framework;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.jar.JarFile;
import java.util.jar.Manifest;

/**
 * The packages of the launcher's class path that bundles import from the system bundle: with one class each, services can be
 * called across the border of the framework, and the bundles that would export them need not be installed. The build lists
 * them, with their versions, in the manifest of the launcher's jar.
 */
final class SharedPackages {

    /** The header of the manifest. */
    static final String HEADER = "Shared-Packages";

    private SharedPackages() {}

    /**
     * Reads the list.
     *
     * @param jar the launcher's jar
     * @return the value of {@code org.osgi.framework.system.packages.extra}
     * @throws IOException when the jar can't be read, or has no list
     */
    static String header(Path jar) throws IOException {
        try (JarFile file = new JarFile(jar.toFile())) {
            return Optional.ofNullable(file.getManifest())
                    .map(Manifest::getMainAttributes)
                    .map(headers -> headers.getValue(HEADER))
                    .orElseThrow(() -> new IOException(jar + " has no " + HEADER));
        }
    }
}
