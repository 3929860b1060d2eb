// SPDX-License-Identifier: Apache-2.0
package io.heddle.benchmarks.swap;

import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URL;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.jar.Manifest;
import org.apache.felix.framework.FrameworkFactory;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.launch.Framework;
import org.osgi.util.tracker.ServiceTracker;

/**
 * A Felix with bundles of the class path, and the bundle that is swapped. The packages of the API, of gson and of SLF4J come
 * from the class path, as in the launcher.
 */
final class SwapFramework implements AutoCloseable {

    private static final long PATIENCE_MILLIS = 30_000;

    /** Classes in packages that the bundles import from here. */
    private static final List<Class<?>> SHARED =
            List.of(io.heddle.api.SyncManager.class, com.google.gson.Gson.class, org.slf4j.Logger.class);

    private final Framework framework;
    private final EngineJars jars;
    private Bundle swapped;
    private int version = 1;

    private SwapFramework(Framework framework, EngineJars jars) {
        this.framework = framework;
        this.jars = jars;
    }

    /** Starts a framework with nothing in it. */
    static SwapFramework start(Path storage, EngineJars jars) throws IOException, BundleException {
        List<String> packages = new ArrayList<>();
        for (Class<?> shared : SHARED) {
            packages.add(exportsOf(shared));
        }
        Framework framework = new FrameworkFactory()
                .newFramework(Map.of(
                        Constants.FRAMEWORK_STORAGE,
                        storage.toString(),
                        Constants.FRAMEWORK_SYSTEMPACKAGES_EXTRA,
                        String.join(",", packages)));
        framework.start();
        return new SwapFramework(framework, jars);
    }

    /** Installs and starts bundles that stand on the class path. */
    void add(String... artifacts) throws BundleException {
        List<Bundle> bundles = new ArrayList<>();
        for (String artifact : artifacts) {
            bundles.add(framework
                    .getBundleContext()
                    .installBundle("reference:" + jarOf(artifact).toURI()));
        }
        for (Bundle bundle : bundles) {
            bundle.start();
        }
    }

    <T> void register(Class<T> type, T service, Map<String, ?> properties) {
        framework.getBundleContext().registerService(type, service, new Hashtable<>(properties));
    }

    <T> T await(Class<T> type) throws InterruptedException {
        ServiceTracker<T, T> tracker = new ServiceTracker<>(framework.getBundleContext(), type, null);
        tracker.open();
        T service = tracker.waitForService(PATIENCE_MILLIS);
        if (service == null) {
            throw new IllegalStateException("no " + type.getName() + " came up");
        }
        return service;
    }

    void installSwapped() throws BundleException {
        swapped = framework.getBundleContext().installBundle("swapped", jar(version));
        swapped.start();
    }

    /** The version that is installed. */
    int version() {
        return version;
    }

    /** The version that {@link #update} comes to next. */
    int nextVersion() {
        return 3 - version;
    }

    void update() throws BundleException {
        version = nextVersion();
        swapped.update(jar(version));
    }

    @Override
    public void close() throws BundleException {
        framework.stop();
        try {
            framework.waitForStop(PATIENCE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private InputStream jar(int wanted) {
        return new ByteArrayInputStream(jars.ofVersion(wanted));
    }

    private static File jarOf(String artifact) {
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            String name = new File(entry).getName();
            if (name.startsWith(artifact + "-") && name.endsWith(".jar")) {
                return new File(entry).getAbsoluteFile();
            }
        }
        throw new IllegalStateException("no jar of " + artifact + " on the class path: run this after mvn verify");
    }

    /** What the bundle of a class exports, as its manifest says. */
    private static String exportsOf(Class<?> type) throws IOException {
        String location =
                type.getProtectionDomain().getCodeSource().getLocation().toString();
        URL found = URI.create("jar:" + location + "!/META-INF/MANIFEST.MF").toURL();
        try (InputStream manifest = found.openStream()) {
            return new Manifest(manifest).getMainAttributes().getValue(Constants.EXPORT_PACKAGE);
        }
    }
}
