// SPDX-License-Identifier: Apache-2.0
package io.heddle.integration.outside;

import static org.ops4j.pax.exam.CoreOptions.bundle;
import static org.ops4j.pax.exam.CoreOptions.frameworkProperty;
import static org.ops4j.pax.exam.CoreOptions.junitBundles;
import static org.ops4j.pax.exam.CoreOptions.systemPackages;

import io.heddle.integration.bench.TestBench;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.ops4j.pax.exam.Option;

/** What is installed and started in a device's framework, in this order. */
public final class Provision {

    /**
     * Stands for the device bundle. It comes before Declarative Services: a component that is there before its configuration
     * is replaced when that arrives, at a moment that nobody knows.
     */
    private static final String DEVICE = "device";

    /** What the manager can't do without. */
    public static final List<String> MINIMAL = List.of(
            "pax-logging-api",
            DEVICE,
            "org.osgi.util.function",
            "org.osgi.util.promise",
            "org.osgi.service.component",
            "org.apache.felix.scr",
            "gson",
            "heddle-api",
            "heddle-manager");

    /** All that the manager and the example engines can make use of. */
    public static final List<String> FULL = List.of(
            "pax-logging-api",
            "org.osgi.util.function",
            "org.osgi.util.promise",
            "org.osgi.service.component",
            "org.apache.felix.configadmin",
            DEVICE,
            "org.apache.felix.metatype",
            "org.apache.felix.eventadmin",
            "org.apache.felix.gogo.runtime",
            "org.apache.felix.scr",
            "gson",
            "heddle-api",
            "heddle-manager",
            "heddle-engine-example");

    /** A full device with engines in other languages. */
    public static final List<String> PROCESSES = with(FULL, "heddle-engine-process");

    /** The packages that frameworks take from the plain class path. */
    static final List<String> SHARED =
            List.of("io.heddle.integration.bench", "io.heddle.server.testing", "io.heddle.server.bso");

    private static final List<String> OF_THE_TESTS = List.of("byte-buddy", "assertj-core");

    private Provision() {}

    private static List<String> with(List<String> bundles, String further) {
        List<String> all = new ArrayList<>(bundles);
        all.add(further);
        return List.copyOf(all);
    }

    /**
     * Tells Pax Exam to make its framework a device.
     *
     * @param bench what it works with
     * @param device the device's name
     * @param bundles {@link #MINIMAL}, {@link #FULL} or {@link #PROCESSES}
     * @return the options
     */
    public static Option[] device(TestBench bench, String device, List<String> bundles) {
        List<Option> options = new ArrayList<>();
        options.add(junitBundles());
        options.add(systemPackages(SHARED.toArray(String[]::new)));
        bench.propertiesOf(device)
                .forEach((name, value) -> options.add(frameworkProperty(name).value(value)));
        Stream.concat(OF_THE_TESTS.stream().map(Jars::provisioned), jars(bench, bundles).stream())
                .forEach(jar -> options.add(bundle("reference:" + jar.toUri())));
        return options.toArray(Option[]::new);
    }

    /**
     * The jars of a device's bundles.
     *
     * @param bench what it works with
     * @param bundles {@link #MINIMAL} or {@link #FULL}
     * @return in the same order
     */
    public static List<Path> jars(TestBench bench, List<String> bundles) {
        return bundles.stream()
                .map(name -> name.equals(DEVICE) ? Jars.device(bench) : Jars.provisioned(name))
                .toList();
    }
}
