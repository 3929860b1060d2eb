// SPDX-License-Identifier: Apache-2.0
package io.heddle.integration.outside;

import static org.ops4j.pax.exam.CoreOptions.bundle;
import static org.ops4j.pax.exam.CoreOptions.frameworkProperty;
import static org.ops4j.pax.exam.CoreOptions.junitBundles;
import static org.ops4j.pax.exam.CoreOptions.systemPackages;

import io.heddle.integration.bench.TestBench;
import java.util.ArrayList;
import java.util.List;
import org.ops4j.pax.exam.Option;

/** What is installed in a device's framework, in this order. */
public final class Provision {

    /** What the manager can't do without. */
    public static final List<String> MINIMAL = List.of(
            "pax-logging-api",
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
            "org.apache.felix.metatype",
            "org.apache.felix.eventadmin",
            "org.apache.felix.gogo.runtime",
            "org.apache.felix.scr",
            "gson",
            "heddle-api",
            "heddle-manager",
            "heddle-engine-example");

    /** The packages that frameworks take from the plain class path. */
    static final List<String> SHARED =
            List.of("io.heddle.integration.bench", "io.heddle.server.testing", "io.heddle.server.bso");

    private static final List<String> OF_THE_TESTS = List.of("byte-buddy", "assertj-core");

    private Provision() {}

    /**
     * Tells Pax Exam to make its framework a device.
     *
     * @param bench what it works with
     * @param device the device's name
     * @param bundles {@link #MINIMAL} or {@link #FULL}
     * @return the options
     */
    public static Option[] device(TestBench bench, String device, List<String> bundles) {
        List<Option> options = new ArrayList<>();
        options.add(junitBundles());
        options.add(systemPackages(SHARED.toArray(String[]::new)));
        bench.propertiesOf(device)
                .forEach((name, value) -> options.add(frameworkProperty(name).value(value)));
        for (String name : OF_THE_TESTS) {
            options.add(bundle("reference:" + Jars.provisioned(name).toUri()));
        }
        for (String name : bundles) {
            options.add(bundle("reference:" + Jars.provisioned(name).toUri()));
        }
        options.add(bundle("reference:" + Jars.device(bench).toUri()));
        return options.toArray(Option[]::new);
    }
}
