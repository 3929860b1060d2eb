// SPDX-License-Identifier: Apache-2.0
package io.heddle.karaf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.heddle.server.testing.TestAccount;
import io.heddle.server.testing.TestServer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.ops4j.pax.tinybundles.TinyBundles;

/** The feature file in a real Karaf. */
class FeatureIT {

    /** Karaf 4.4 starts with the security manager, which is no more. */
    private static final int FIRST_JAVA_WITHOUT_SECURITY_MANAGER = 24;

    @TempDir
    private Path folder;

    @Test
    void theFeatureInstallsAndSyncsANoteInARealKaraf() throws Exception {
        assumeTrue(
                Runtime.version().feature() < FIRST_JAVA_WITHOUT_SECURITY_MANAGER,
                "Karaf 4.4 doesn't start on Java " + Runtime.version().feature());
        Path notes = Files.createDirectories(folder.resolve("notes"));
        Files.writeString(notes.resolve("loom.md"), "warp and weft");
        try (TestServer server = TestServer.start();
                Karaf karaf = new Karaf(folder)) {
            TestAccount account = server.newAccount();
            tellOf(account, server, karaf);
            karaf.append(
                    "io.heddle.engine.example.notes.cfg", "folder=" + notes, "state.file=" + folder + "/notes.json");
            karaf.append(
                    "org.apache.karaf.features.cfg",
                    "featuresRepositories=mvn:org.apache.karaf.features/standard/${karaf.version}/xml/features,"
                            + "mvn:org.apache.karaf.features/framework/${karaf.version}/xml/features,"
                            + Path.of(System.getProperty("karaf.feature")).toUri(),
                    "featuresBoot=framework,feature,shell,log,jaas,bundle,config,heddle-engine-example,heddle-engine-process");

            karaf.start();
            karaf.type("bundle:install -s " + accountBundle().toUri(), "Bundle ID:");
            karaf.typeUntil("sync:engines", "notes");
            karaf.type("sync:now", "Synced: 0 in, 1 out");

            assertThat(server.bsos(account, "notes")).as(karaf.output()).hasSize(1);
        }
    }

    private static void tellOf(TestAccount account, TestServer server, Karaf karaf) throws IOException {
        karaf.append(
                "system.properties",
                AccountActivator.PREFIX + "tokenServer = " + server.tokenServer(),
                AccountActivator.PREFIX + "accessToken = " + account.accessToken(),
                AccountActivator.PREFIX + "keyId = " + account.keyId(),
                AccountActivator.PREFIX + "syncKey = " + Base64.getUrlEncoder().encodeToString(account.syncKey()));
    }

    private Path accountBundle() throws IOException {
        Path jar = folder.resolve("account.jar");
        try (InputStream in = TinyBundles.bundle()
                .symbolicName("io.heddle.karaf.account")
                .activator(AccountActivator.class)
                .addClass(AccountActivator.class)
                .setHeader("Import-Package", "org.osgi.framework,io.heddle.api.account")
                .setHeader("Bundle-ManifestVersion", "2")
                .build(TinyBundles.rawBuilder())) {
            Files.copy(in, jar);
        }
        return jar;
    }
}
