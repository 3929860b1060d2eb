// SPDX-License-Identifier: Apache-2.0
package io.heddle.launcher.framework;

import java.util.List;

/**
 * The packages of the launcher's class path that bundles import from the system bundle: with one class each, services can be
 * called across the border of the framework, and the bundles that would export them need not be installed.
 */
final class SharedPackages {

    private static final List<String> PACKAGES = List.of(
            "io.heddle.api;version=1.0.0",
            "io.heddle.api.account;version=1.0.0",
            "io.heddle.engine;version=1.0.0",
            "io.heddle.engine.record;version=1.0.0",
            "org.osgi.service.cm;version=1.6.1",
            "com.google.gson;version=2.15.0",
            "com.google.gson.annotations;version=2.15.0",
            "com.google.gson.reflect;version=2.15.0",
            "com.google.gson.stream;version=2.15.0",
            "org.slf4j;version=2.0.20",
            "org.slf4j.event;version=2.0.20",
            "org.slf4j.helpers;version=2.0.20",
            "org.slf4j.spi;version=2.0.20");

    private SharedPackages() {}

    /** {@return the value of {@code org.osgi.framework.system.packages.extra}} */
    static String header() {
        return String.join(",", PACKAGES);
    }
}
