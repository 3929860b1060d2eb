// SPDX-License-Identifier: Apache-2.0
package io.heddle.benchmarks.start;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.apache.felix.framework.FrameworkFactory;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.launch.Framework;

/** A Felix that starts the bundles that the launcher starts for a sync, out of its jar, without configuration or account. */
public final class BareFelix {

    /** The launcher's folders of what a sync with a server on this machine needs. */
    private static final List<String> FOLDERS = List.of("bundles/01/", "bundles/03/", "bundles/04/");

    private BareFelix() {}

    /**
     * Starts the bundles, says so, and ends.
     *
     * @param args the launcher's jar, and the folder of the framework's storage
     * @throws IOException when the jar can't be read
     * @throws BundleException when a bundle does not start
     * @throws InterruptedException when interrupted meanwhile
     */
    public static void main(String[] args) throws IOException, BundleException, InterruptedException {
        // Any free one.
        System.setProperty("org.osgi.service.http.port", "0");
        System.setProperty("org.apache.felix.http.host", "127.0.0.1");
        try (JarFile jar = new JarFile(new File(args[0]))) {
            String shared = jar.getManifest().getMainAttributes().getValue("Shared-Packages");
            Framework framework = new FrameworkFactory()
                    .newFramework(Map.of(
                            Constants.FRAMEWORK_STORAGE,
                            args[1],
                            Constants.FRAMEWORK_STORAGE_CLEAN,
                            Constants.FRAMEWORK_STORAGE_CLEAN_ONFIRSTINIT,
                            Constants.FRAMEWORK_SYSTEMPACKAGES_EXTRA,
                            shared,
                            "felix.service.urlhandlers",
                            "false"));
            framework.start();
            for (String folder : FOLDERS) {
                start(framework, jar, folder);
            }
            PrintStream out = System.out;
            out.println("started");
            framework.stop();
            framework.waitForStop(0);
        }
    }

    private static void start(Framework framework, JarFile jar, String folder) throws IOException, BundleException {
        List<Bundle> bundles = new ArrayList<>();
        for (JarEntry entry : jar.stream().toList()) {
            if (entry.getName().startsWith(folder) && entry.getName().endsWith(".jar")) {
                try (InputStream content = jar.getInputStream(entry)) {
                    bundles.add(framework.getBundleContext().installBundle(entry.getName(), content));
                }
            }
        }
        for (Bundle bundle : bundles) {
            if (bundle.getHeaders().get(Constants.FRAGMENT_HOST) == null) {
                bundle.start(Bundle.START_ACTIVATION_POLICY);
            }
        }
    }
}
