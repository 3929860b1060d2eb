// SPDX-License-Identifier: Apache-2.0
package io.heddle.integration;

import static org.assertj.core.api.Assertions.assertThat;

import io.heddle.integration.bench.Device;
import io.heddle.integration.bench.Synced;
import io.heddle.integration.bench.TestBench;
import io.heddle.integration.outside.BenchRunner;
import io.heddle.integration.outside.Provision;
import io.heddle.integration.outside.SecondFramework;
import io.heddle.server.testing.TestServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.inject.Inject;
import org.junit.Before;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.spi.reactors.ExamReactorStrategy;
import org.ops4j.pax.exam.spi.reactors.PerClass;

/** Two devices, each in a framework of its own, share an account. */
@RunWith(BenchRunner.class)
@ExamReactorStrategy(PerClass.class)
public class ExchangeIT {

    @Inject
    private Device laptop;

    private Device phone;
    private Path laptopNotes;
    private Path phoneNotes;

    @Configuration
    public Option[] twoFrameworks() {
        TestBench bench = TestBench.open(TestServer.builder());
        SecondFramework.start(bench, "phone");
        return Provision.device(bench, "laptop", Provision.FULL);
    }

    @Before
    public void bothDevicesAreReady() {
        phone = TestBench.current().secondDevice();
        laptopNotes = TestBench.current().notesOf("laptop");
        phoneNotes = TestBench.current().notesOf("phone");
        laptop.awaitEngines("forms", "notes");
        phone.awaitEngines("forms", "notes");
    }

    @Test
    public void aNoteOfOneDeviceAppearsOnTheOther() throws IOException {
        Files.writeString(laptopNotes.resolve("Gruß.md"), "# Zürich\n\n☂ bring an umbrella\n");

        sync(laptop);
        sync(phone);

        assertThat(phoneNotes.resolve("Gruß.md")).hasContent("# Zürich\n\n☂ bring an umbrella\n");
    }

    private static void sync(Device device) {
        Synced synced = device.sync();
        assertThat(synced.status()).as(synced.toString()).isEqualTo("OK");
    }
}
