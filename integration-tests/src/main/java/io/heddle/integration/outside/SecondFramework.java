// SPDX-License-Identifier: Apache-2.0
package io.heddle.integration.outside;

import io.heddle.integration.bench.Deadline;
import io.heddle.integration.bench.Device;
import io.heddle.integration.bench.TestBench;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkEvent;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.launch.FrameworkFactory;

/** A framework beside the one of Pax Exam, with a device in it: the same kind of framework, the same bundles. */
public final class SecondFramework {

    private static final Duration STOP_LIMIT = Duration.ofSeconds(30);

    private final Framework framework;

    private SecondFramework(Framework framework) {
        this.framework = framework;
    }

    /**
     * Starts a framework and puts its device on the bench.
     *
     * @param bench what it works with, and where it ends up
     * @param device the device's name
     * @param furtherBundles jars to install and start after those of a device
     */
    public static void start(TestBench bench, String device, Path... furtherBundles) {
        startNamed(bench, device, device, furtherBundles);
    }

    /**
     * Starts a framework and puts its device on the bench.
     *
     * @param bench what it works with, and where it ends up
     * @param device the device's name on the bench
     * @param name what people call it
     * @param furtherBundles jars to install and start after those of a device
     */
    public static void startNamed(TestBench bench, String device, String name, Path... furtherBundles) {
        List<Path> jars = new ArrayList<>(Provision.jars(bench, Provision.FULL));
        jars.addAll(List.of(furtherBundles));
        SecondFramework second = start(bench, device, name, jars);
        bench.putSecondDevice(second.device(), second::stop);
    }

    /**
     * Starts a framework with bundles of the caller's choice.
     *
     * @param bench what it works with
     * @param device the device's name
     * @param jars its bundles
     * @return the framework, to be stopped
     */
    public static SecondFramework start(TestBench bench, String device, List<Path> jars) {
        return start(bench, device, device, jars);
    }

    private static SecondFramework start(TestBench bench, String device, String name, List<Path> jars) {
        Map<String, String> properties = new HashMap<>(bench.propertiesOf(device));
        properties.put(TestBench.PREFIX + "device", name);
        properties.put(
                Constants.FRAMEWORK_STORAGE,
                bench.folder().resolve(device).resolve("framework").toString());
        properties.put(Constants.FRAMEWORK_SYSTEMPACKAGES_EXTRA, String.join(",", Provision.SHARED));
        Framework framework = ServiceLoader.load(FrameworkFactory.class)
                .findFirst()
                .orElseThrow()
                .newFramework(properties);
        SecondFramework second = new SecondFramework(framework);
        try {
            second.start(jars);
        } catch (BundleException e) {
            throw new IllegalStateException("the second framework did not start", e);
        }
        return second;
    }

    private void start(List<Path> jars) throws BundleException {
        framework.start();
        BundleContext context = framework.getBundleContext();
        List<Bundle> bundles = new ArrayList<>();
        for (Path jar : jars) {
            bundles.add(context.installBundle("reference:" + jar.toUri()));
        }
        for (Bundle bundle : bundles) {
            bundle.start();
        }
    }

    /** {@return the context of its system bundle} */
    public BundleContext context() {
        return framework.getBundleContext();
    }

    /** {@return its device} */
    public Device device() {
        BundleContext context = framework.getBundleContext();
        Deadline.await("the second device", () -> context.getServiceReference(Device.class) != null);
        return context.getService(context.getServiceReference(Device.class));
    }

    /**
     * Stops it.
     *
     * @throws BundleException when it can't be stopped
     * @throws InterruptedException when interrupted meanwhile
     */
    public void stop() throws BundleException, InterruptedException {
        framework.stop();
        FrameworkEvent end = framework.waitForStop(STOP_LIMIT.toMillis());
        if (end.getType() != FrameworkEvent.STOPPED) {
            throw new IllegalStateException("the second framework did not stop: event " + end.getType());
        }
    }
}
