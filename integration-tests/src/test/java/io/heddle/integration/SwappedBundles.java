// SPDX-License-Identifier: Apache-2.0
package io.heddle.integration;

import com.sun.management.HotSpotDiagnosticMXBean;
import io.heddle.integration.bench.Deadline;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkEvent;
import org.osgi.framework.wiring.BundleWiring;
import org.osgi.framework.wiring.FrameworkWiring;

/**
 * The engine bundles of one framework, which come and go, and weak references to all the class loaders that they ever had.
 *
 * <p><b>Threading:</b> for one thread.
 */
final class SwappedBundles {

    /** What can happen to a bundle. One that is not there or not started is installed or started instead. */
    enum Swap {
        UPDATE,
        RESTART,
        REINSTALL,
        REFRESH,
        STOP,
        UNINSTALL
    }

    /** A class loader that a bundle had, by which it is not kept. */
    private record NotedLoader(String bundle, WeakReference<ClassLoader> reference) {}

    private final BundleContext context;
    private final Path jars;
    private final Map<String, Bundle> bundles = new HashMap<>();
    private final List<NotedLoader> loaders = new ArrayList<>();

    SwappedBundles(BundleContext context, Path jars) {
        this.context = context;
        this.jars = jars;
    }

    /** Carries out a swap, and names what was really done. */
    String swap(String name, Swap swap) throws Exception {
        Bundle bundle = bundles.get(name);
        if (bundle == null) {
            start(install(name));
            return "INSTALL";
        }
        if (bundle.getState() != Bundle.ACTIVE) {
            start(bundle);
            return "START";
        }
        switch (swap) {
            case UPDATE -> update(bundle);
            case RESTART -> {
                bundle.stop();
                start(bundle);
            }
            case REINSTALL -> {
                bundle.uninstall();
                start(install(name));
            }
            case REFRESH -> refresh(List.of(bundle));
            case STOP -> bundle.stop();
            case UNINSTALL -> bundles.remove(name).uninstall();
        }
        return swap.name();
    }

    /** Whether the engine of this name is registered. */
    boolean isThere(String name) {
        return bundles.containsKey(name) && bundles.get(name).getState() == Bundle.ACTIVE;
    }

    void startAll(Collection<String> names) throws Exception {
        for (String name : names) {
            if (!isThere(name)) {
                swap(name, Swap.RESTART);
            }
        }
    }

    /**
     * Uninstalls all of them, and waits until nobody holds a class loader of theirs any more. When somebody does, the failure
     * says of which bundles, and a heap dump in the folder of the jars shows who.
     */
    void uninstallAllAndAwaitCollection() throws Exception {
        for (Bundle bundle : bundles.values()) {
            bundle.uninstall();
        }
        bundles.clear();
        refresh(null);
        try {
            Deadline.await("the collection of " + loaders.size() + " class loaders", () -> {
                System.gc();
                return loadersLeft().isEmpty();
            });
        } catch (AssertionError e) {
            throw new AssertionError(
                    e.getMessage() + ": left are " + loadersLeft() + "; who holds them is in " + dumpHeap(), e);
        }
    }

    /** How many are left, by their bundles. */
    private Map<String, Integer> loadersLeft() {
        Map<String, Integer> left = new TreeMap<>();
        loaders.stream()
                .filter(loader -> !loader.reference().refersTo(null))
                .forEach(loader -> left.merge(loader.bundle(), 1, Integer::sum));
        return left;
    }

    private Path dumpHeap() throws IOException {
        Path dump = jars.resolve("class-loaders-left.hprof");
        Files.deleteIfExists(dump);
        ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class).dumpHeap(dump.toString(), true);
        return dump;
    }

    int countOfLoaders() {
        return loaders.size();
    }

    private Bundle install(String name) throws Exception {
        Bundle bundle = context.installBundle(jar(name, "1.0.0").toUri().toString());
        bundles.put(name, bundle);
        return bundle;
    }

    private void start(Bundle bundle) throws Exception {
        bundle.start();
        note(bundle);
    }

    private void update(Bundle bundle) throws Exception {
        String next = bundle.getVersion().getMajor() == 1 ? "2.0.0" : "1.0.0";
        try (InputStream in = Files.newInputStream(jar(bundle.getSymbolicName(), next))) {
            bundle.update(in);
        }
        note(bundle);
    }

    private void refresh(Collection<Bundle> which) throws InterruptedException {
        CountDownLatch refreshed = new CountDownLatch(1);
        context.getBundle(0).adapt(FrameworkWiring.class).refreshBundles(which, event -> {
            if (event.getType() == FrameworkEvent.PACKAGES_REFRESHED) {
                refreshed.countDown();
            }
        });
        if (!refreshed.await(60, TimeUnit.SECONDS)) {
            throw new AssertionError("the framework does not refresh");
        }
        bundles.values().forEach(this::note);
    }

    private void note(Bundle bundle) {
        BundleWiring wiring = bundle.adapt(BundleWiring.class);
        if (wiring != null
                && loaders.stream().noneMatch(loader -> loader.reference().refersTo(wiring.getClassLoader()))) {
            loaders.add(new NotedLoader(
                    bundle.getSymbolicName() + " " + bundle.getVersion(),
                    new WeakReference<>(wiring.getClassLoader())));
        }
    }

    private Path jar(String name, String version) {
        return jars.resolve(name + "-" + version + ".jar");
    }
}
