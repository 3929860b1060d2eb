// SPDX-License-Identifier: Apache-2.0
package io.heddle.launcher.framework;

import static org.assertj.core.api.Assertions.assertThat;

import io.heddle.api.SyncManager;
import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.Manifest;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whoever exports a package says its version; the built launcher must not offer it as another one. */
class SharedPackagesIT {

    private static final Pattern EXPORT = Pattern.compile("([a-z0-9_.]+);(?:[^,\"]|\"[^\"]*\")*");
    private static final Pattern VERSION = Pattern.compile("version=\"?([0-9]+\\.[0-9]+\\.[0-9]+)");

    static Stream<Class<?>> sharedTypes() {
        return Stream.of(
                SyncManager.class,
                org.osgi.service.cm.ConfigurationAdmin.class,
                com.google.gson.Gson.class,
                org.slf4j.Logger.class);
    }

    @ParameterizedTest
    @MethodSource("sharedTypes")
    void packagesHaveTheVersionsOfTheirBundles(Class<?> type) throws IOException {
        Set<String> exported = exports(type);
        String root = type == SyncManager.class ? "io.heddle." : type.getPackageName();
        Set<String> shared = Arrays.stream(SharedPackages.header(Path.of(System.getProperty("launcher.jar")))
                        .split(","))
                .filter(name -> name.startsWith(root))
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(shared).isNotEmpty().isSubsetOf(exported);
    }

    private static Set<String> exports(Class<?> type) throws IOException {
        String header = exportHeader(type);
        Set<String> exports = new TreeSet<>();
        EXPORT.matcher(header)
                .results()
                .forEach(export -> VERSION.matcher(export.group())
                        .results()
                        .forEach(version -> exports.add(export.group(1) + ";version=" + version.group(1))));
        return exports;
    }

    /** The class may come from the launcher's jar, which holds it too; its own jar exports it. */
    private static String exportHeader(Class<?> type) throws IOException {
        String path = type.getName().replace('.', '/') + ".class";
        for (URL place : Collections.list(type.getClassLoader().getResources(path))) {
            String root = place.toString().substring(0, place.toString().length() - path.length());
            try (var in = URI.create(root + "META-INF/MANIFEST.MF").toURL().openStream()) {
                String header = new Manifest(in).getMainAttributes().getValue("Export-Package");
                if (header != null) {
                    return header;
                }
            }
        }
        throw new AssertionError("nobody exports " + type);
    }
}
