// SPDX-License-Identifier: Apache-2.0
package io.heddle.launcher.framework;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.cm.ConfigurationListener;

/** Configurations that a person puts into the engines folder, one file for each engine in another language. */
public final class ConfigurationFiles {

    /** What their names look like, as a regular expression. */
    public static final String PATTERN = ".*\\.(cfg|config)";

    private static final String LAST = "io.heddle.launcher.last";

    private ConfigurationFiles() {}

    /**
     * Looks for them.
     *
     * @param folder need not be there
     * @return whether there is one
     * @throws IOException when the folder can't be read
     */
    public static boolean areIn(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return false;
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.anyMatch(file -> file.getFileName().toString().matches(PATTERN));
        }
    }

    /** Waits behind all changes of before with one of its own: they are delivered one after the other. */
    static void awaitDelivery(BundleContext context, ConfigurationAdmin admin, Duration patience) throws IOException {
        CountDownLatch delivered = new CountDownLatch(1);
        ConfigurationListener listener = event -> {
            if (event.getPid().equals(LAST)) {
                delivered.countDown();
            }
        };
        ServiceRegistration<?> registration = context.registerService(ConfigurationListener.class, listener, null);
        try {
            Dictionary<String, Object> properties = new Hashtable<>();
            properties.put("last", true);
            admin.getConfiguration(LAST, "?").update(properties);
            if (!delivered.await(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new IOException("the configurations were not taken in time; --verbose tells more");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while the configurations were awaited", e);
        } finally {
            registration.unregister();
        }
    }
}
