// SPDX-License-Identifier: Apache-2.0
package io.heddle.integration.outside;

import io.heddle.engine.example.JsonFile;
import io.heddle.engine.example.RecordIds;
import io.heddle.engine.example.TodoEngine;
import io.heddle.engine.example.TodoStore;
import io.heddle.integration.bench.TestBench;
import io.heddle.integration.device.DeviceActivator;
import io.heddle.integration.hostile.HostileActivator;
import io.heddle.integration.ledger.LedgerActivator;
import io.heddle.integration.ledger.ProbeActivator;
import io.heddle.integration.todo.TodoActivator;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import org.ops4j.pax.tinybundles.TinyBundle;
import org.ops4j.pax.tinybundles.TinyBundles;
import org.osgi.framework.BundleActivator;

/** The bundles of the build, and those that the tests pack themselves. */
public final class Jars {

    private Jars() {}

    /**
     * A bundle that the build copied.
     *
     * @param artifact its artifact's id
     * @return the jar
     */
    public static Path provisioned(String artifact) {
        Path jar = Path.of(System.getProperty(TestBench.PREFIX + "bundles")).resolve(artifact + ".jar");
        if (!Files.exists(jar)) {
            throw new IllegalStateException(jar + " is missing: run these tests with mvn verify");
        }
        return jar;
    }

    /**
     * Packs the bundle that makes a framework a device.
     *
     * @param bench what it is for
     * @return the jar
     */
    public static Path device(TestBench bench) {
        TinyBundle bundle = TinyBundles.bundle()
                .symbolicName("io.heddle.integration.device")
                .activator(DeviceActivator.class)
                .setHeader(
                        "Import-Package",
                        "org.osgi.framework,io.heddle.api,io.heddle.api.account,io.heddle.integration.bench,"
                                + "org.osgi.service.cm;resolution:=optional");
        for (String name : new String[] {"DeviceActivator", "DeviceSettings", "InnerDevice", "PropertyAccount"}) {
            bundle.addClass(classNamed(DeviceActivator.class.getPackageName() + "." + name));
        }
        return write(bundle, bench.folder().resolve("device.jar"));
    }

    /**
     * Packs the to-do engine.
     *
     * @param bench what it is for
     * @param name the bundle's symbolic name
     * @param version the bundle's version
     * @param headers of {@link TodoActivator}
     * @return the jar
     */
    public static Path todo(TestBench bench, String name, String version, Map<String, String> headers) {
        TinyBundle bundle = TinyBundles.bundle()
                .symbolicName(name)
                .activator(TodoActivator.class)
                .addClass(TodoActivator.class)
                .addClass(TodoEngine.class)
                .addClass(TodoStore.class)
                .addClass(RecordIds.class)
                .addClass(JsonFile.class)
                .setHeader("Bundle-Version", version)
                .setHeader(
                        "Import-Package",
                        "org.osgi.framework,io.heddle.engine,io.heddle.engine.record,io.heddle.integration.bench,"
                                + "com.google.gson,org.slf4j;version=\"[2,3)\"");
        headers.forEach(bundle::setHeader);
        return write(bundle, bench.folder().resolve(name + "-" + version + ".jar"));
    }

    /**
     * Packs the hostile engines.
     *
     * @param bench what they are for
     * @return the jar
     */
    public static Path hostile(TestBench bench) {
        TinyBundle bundle = TinyBundles.bundle()
                .symbolicName("org.example.hostile")
                .activator(HostileActivator.class)
                .setHeader(
                        "Import-Package",
                        "org.osgi.framework,io.heddle.api,io.heddle.api.account,io.heddle.engine,"
                                + "io.heddle.engine.record,io.heddle.integration.bench");
        String prefix = HostileActivator.class.getPackageName() + ".";
        for (String name : new String[] {
            "HostileActivator",
            "HostileActivator$Hand",
            "Attempt",
            "HostileRaw",
            "HostileRecords",
            "HostileRecords$Session",
            "Outside",
            "Reached",
            "Reflection"
        }) {
            bundle.addClass(classNamed(prefix + name));
        }
        return write(bundle, bench.folder().resolve("hostile.jar"));
    }

    /**
     * Packs a ledger engine.
     *
     * @param bench what it is for
     * @param name the bundle's symbolic name, which is the engine's and its collection's too
     * @param version the bundle's version
     * @return the jar
     */
    public static Path ledger(TestBench bench, String name, String version) {
        return ofLedger(bench, name, version, LedgerActivator.class, "Engine", "Session", "Session$1", "Store");
    }

    /**
     * Packs an engine with a storage token.
     *
     * @param bench what it is for
     * @param name the bundle's symbolic name, which is the engine's and its collection's too
     * @param version the bundle's version
     * @return the jar
     */
    public static Path probe(TestBench bench, String name, String version) {
        return ofLedger(bench, name, version, ProbeActivator.class, "Engine");
    }

    private static Path ofLedger(
            TestBench bench, String name, String version, Class<? extends BundleActivator> activator, String... types) {
        TinyBundle bundle = TinyBundles.bundle()
                .symbolicName(name)
                .activator(activator)
                .addClass(activator)
                .setHeader("Bundle-Version", version)
                .setHeader(
                        "Import-Package",
                        "org.osgi.framework,io.heddle.engine,io.heddle.engine.record,io.heddle.integration.bench");
        String prefix = activator.getName().replace("Activator", "");
        for (String type : types) {
            bundle.addClass(classNamed(prefix + type));
        }
        return write(bundle, bench.folder().resolve(name + "-" + version + ".jar"));
    }

    private static Class<?> classNamed(String name) {
        try {
            return Class.forName(name);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Path write(TinyBundle bundle, Path jar) {
        try (InputStream in = bundle.setHeader("Bundle-ManifestVersion", "2").build(TinyBundles.rawBuilder())) {
            Files.copy(in, jar, StandardCopyOption.REPLACE_EXISTING);
            return jar;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
