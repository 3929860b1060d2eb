// SPDX-License-Identifier: Apache-2.0
package io.heddle.launcher.framework;

import static org.assertj.core.api.Assertions.assertThat;

import io.heddle.api.SyncManager;
import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.Manifest;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whoever exports a package says its version; the launcher must not offer it as another one. */
class SharedPackagesTest {

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
        Set<String> shared = Arrays.stream(SharedPackages.header().split(","))
                .filter(name -> name.startsWith(root))
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(shared).isNotEmpty().isSubsetOf(exported);
    }

    private static Set<String> exports(Class<?> type) throws IOException {
        Manifest manifest = manifest(type);
        String header = manifest.getMainAttributes().getValue("Export-Package");
        assertThat(header).as("the exports of %s", type).isNotNull();
        Set<String> exports = new TreeSet<>();
        EXPORT.matcher(header)
                .results()
                .forEach(export -> VERSION.matcher(export.group())
                        .results()
                        .forEach(version -> exports.add(export.group(1) + ";version=" + version.group(1))));
        return exports;
    }

    private static Manifest manifest(Class<?> type) throws IOException {
        URL own = type.getResource(type.getSimpleName() + ".class");
        String path = type.getName().replace('.', '/') + ".class";
        String root = own.toString().substring(0, own.toString().length() - path.length());
        try (var in = URI.create(root + "META-INF/MANIFEST.MF").toURL().openStream()) {
            return new Manifest(in);
        }
    }
}
