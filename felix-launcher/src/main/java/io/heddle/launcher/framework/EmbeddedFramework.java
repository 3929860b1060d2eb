// SPDX-License-Identifier: Apache-2.0
package io.heddle.launcher.framework;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Dictionary;
import java.util.HashMap;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.apache.felix.framework.FrameworkFactory;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.Filter;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.launch.Framework;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.util.tracker.ServiceTracker;

/**
 * A running OSGi framework, with the groups of bundles that were asked for. Closing it stops all of them.
 *
 * <p><b>Threading:</b> safe.
 */
public final class EmbeddedFramework implements AutoCloseable {

    private static final Duration STOPPING = Duration.ofSeconds(20);

    /** Read by whoever starts bundles, written by whoever stops them all. */
    private final ReadWriteLock starting = new ReentrantReadWriteLock();

    private final Framework framework;
    private final Path jar;

    private EmbeddedFramework(Framework framework, Path jar) {
        this.framework = framework;
        this.jar = jar;
    }

    /**
     * Starts a framework without bundles.
     *
     * @param cache the folder of its storage, emptied first
     * @param properties further framework properties
     * @param jar the launcher's jar, which holds the bundles
     * @return the framework
     * @throws IOException when the jar can't be read
     * @throws BundleException when it does not start
     */
    public static EmbeddedFramework start(Path cache, Map<String, String> properties, Path jar)
            throws IOException, BundleException {
        Map<String, String> configuration = new HashMap<>(properties);
        configuration.put(Constants.FRAMEWORK_STORAGE, cache.toString());
        // A kept cache would go on with the bundles of an older launcher.
        configuration.put(Constants.FRAMEWORK_STORAGE_CLEAN, Constants.FRAMEWORK_STORAGE_CLEAN_ONFIRSTINIT);
        configuration.put(Constants.FRAMEWORK_SYSTEMPACKAGES_EXTRA, SharedPackages.header(jar));
        Framework framework = new FrameworkFactory().newFramework(configuration);
        framework.start();
        return new EmbeddedFramework(framework, jar);
    }

    /**
     * Installs and starts bundles of the launcher's jar.
     *
     * @param group which
     * @throws IOException when the jar can't be read or lacks the group
     * @throws BundleException when one can't be installed or started
     */
    public void start(BundleGroup group) throws IOException, BundleException {
        List<Bundle> bundles = new ArrayList<>();
        try (JarFile file = new JarFile(jar.toFile())) {
            List<JarEntry> entries = file.stream()
                    .filter(entry -> entry.getName().startsWith(group.folder())
                            && entry.getName().endsWith(".jar"))
                    .toList();
            if (entries.isEmpty()) {
                throw new IOException(jar + " holds no " + group.folder());
            }
            for (JarEntry entry : entries) {
                try (InputStream content = file.getInputStream(entry)) {
                    bundles.add(context().installBundle("launcher:" + entry.getName(), content));
                }
            }
        }
        starting.readLock().lock();
        try {
            for (Bundle bundle : bundles) {
                start(bundle);
            }
        } finally {
            starting.readLock().unlock();
        }
    }

    /**
     * Installs and starts the bundles of a folder. One that is none, or does not start, is left out.
     *
     * @param folder the folder; it need not be there
     * @return what was left out, and why
     * @throws IOException when the folder can't be read
     */
    public List<String> startFolder(Path folder) throws IOException {
        List<Bundle> bundles = new ArrayList<>();
        List<String> complaints = new ArrayList<>();
        if (!Files.isDirectory(folder)) {
            return complaints;
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.jar")) {
            for (Path file : files) {
                try {
                    bundles.add(context().installBundle(file.toUri().toString()));
                } catch (BundleException e) {
                    complaints.add(file + ": " + e.getMessage());
                }
            }
        }
        // All are installed before one is started: they may need one another.
        for (Bundle bundle : bundles) {
            try {
                start(bundle);
            } catch (BundleException e) {
                complaints.add(bundle.getLocation() + ": " + e.getMessage());
            }
        }
        return complaints;
    }

    private static void start(Bundle bundle) throws BundleException {
        if (bundle.getHeaders().get(Constants.FRAGMENT_HOST) == null) {
            bundle.start(Bundle.START_ACTIVATION_POLICY);
        }
    }

    /**
     * Sets the configuration of a component.
     *
     * @param pid its persistent identity
     * @param properties its settings
     * @throws IOException when there is no ConfigurationAdmin, or it can't store them
     */
    public void configure(String pid, Map<String, ?> properties) throws IOException {
        Dictionary<String, Object> settings = new Hashtable<>(properties);
        await(ConfigurationAdmin.class, Duration.ZERO)
                .getConfiguration(pid, "?")
                .update(settings);
    }

    /**
     * Waits until the components know all configurations of before.
     *
     * @param patience how long at most
     * @throws IOException when it takes longer
     */
    public void awaitConfigurations(Duration patience) throws IOException {
        ConfigurationFiles.awaitDelivery(context(), await(ConfigurationAdmin.class, Duration.ZERO), patience);
    }

    /**
     * Offers a service of the launcher's to the bundles.
     *
     * @param <T> its type
     * @param type of a shared package
     * @param service the service
     * @param properties of the service
     */
    public <T> void register(Class<T> type, T service, Map<String, ?> properties) {
        context().registerService(type, service, new Hashtable<>(properties));
    }

    /**
     * Waits for a service.
     *
     * @param <T> its type
     * @param type of a shared package
     * @param patience how long at most
     * @return the service
     * @throws IOException when it does not come
     */
    public <T> T await(Class<T> type, Duration patience) throws IOException {
        return type.cast(await("(objectClass=" + type.getName() + ")", patience));
    }

    /**
     * Waits for a service by its properties.
     *
     * @param filter in the syntax of OSGi
     * @param patience how long at most
     * @return the service
     * @throws IOException when it does not come
     */
    public Object await(String filter, Duration patience) throws IOException {
        return findWithin(patience, filter)
                .orElseThrow(() -> new IOException("no service " + filter + " came up; --verbose tells more"));
    }

    /**
     * Waits for a service by its properties.
     *
     * @param patience how long at most
     * @param filter in the syntax of OSGi
     * @return the service, when it came
     * @throws IOException when the wait was interrupted
     */
    public Optional<Object> findWithin(Duration patience, String filter) throws IOException {
        ServiceTracker<Object, Object> tracker = new ServiceTracker<>(context(), filter(filter), null);
        // Never closed: the service stays in use until the framework stops.
        tracker.open(true);
        try {
            return Optional.ofNullable(
                    patience.isZero() ? tracker.getService() : tracker.waitForService(patience.toMillis()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while waiting for " + filter, e);
        }
    }

    private static Filter filter(String text) {
        try {
            return FrameworkUtil.createFilter(text);
        } catch (InvalidSyntaxException e) {
            throw new IllegalArgumentException(text, e);
        }
    }

    /** Begins to stop, and returns. */
    public void beginStop() {
        try {
            framework.stop();
        } catch (BundleException e) {
            throw new IllegalStateException("the framework does not stop", e);
        }
    }

    /** Waits until the framework was stopped from within, by a command. */
    public void awaitStop() {
        try {
            framework.waitForStop(0);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Stops everything and waits for that. Felix can't stop a bundle that is just starting: its start is waited for. */
    @Override
    public void close() {
        boolean quiet = false;
        try {
            quiet = starting.writeLock().tryLock(STOPPING.toMillis(), TimeUnit.MILLISECONDS);
            beginStop();
            framework.waitForStop(STOPPING.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            if (quiet) {
                starting.writeLock().unlock();
            }
        }
    }

    private BundleContext context() {
        return framework.getBundleContext();
    }
}
