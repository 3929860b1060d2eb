// SPDX-License-Identifier: Apache-2.0
package io.heddle.integration;

import static org.assertj.core.api.Assertions.assertThat;

import io.heddle.integration.bench.Device;
import io.heddle.integration.bench.Synced;
import io.heddle.integration.bench.TestBench;
import io.heddle.integration.outside.BenchRunner;
import io.heddle.integration.outside.Provision;
import io.heddle.integration.outside.SecondFramework;
import io.heddle.server.testing.RecordedRequest;
import io.heddle.server.testing.TestServer;
import java.util.List;
import javax.inject.Inject;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.spi.reactors.ExamReactorStrategy;
import org.ops4j.pax.exam.spi.reactors.PerClass;

/** Devices and their server speak over TLS. The laptop trusts the server's certificate, the phone doesn't. */
@RunWith(BenchRunner.class)
@ExamReactorStrategy(PerClass.class)
public class Http2IT {

    @Inject
    private Device laptop;

    @Configuration
    public Option[] oneFrameworkThatTrusts() {
        TestBench bench = TestBench.open(TestServer.builder().http2());
        SecondFramework.start(bench, "phone");
        // Its first sync takes the trust that it finds, and keeps it: before there is more to be found.
        bench.secondDevice().awaitEngines("forms");
        assertThat(bench.secondDevice().sync().status()).isEqualTo("NETWORK_ERROR");
        bench.trustServer();
        return Provision.device(bench, "laptop", Provision.FULL);
    }

    @Test
    public void aDeviceSyncsOverHttp2() {
        laptop.awaitEngines("forms");
        laptop.call("forms", "add", "protocol", "h2");

        Synced synced = laptop.sync();

        assertThat(synced.status()).as(synced.toString()).isEqualTo("OK");
        assertThat(synced.engines()).containsEntry("forms", "OK");
        TestServer server = TestBench.current().server();
        assertThat(server.tokenServer()).hasScheme("https");
        assertThat(server.requests()).extracting(RecordedRequest::protocol).containsOnly("HTTP/2.0");
    }

    @Test
    public void anUntrustedServerIsToldNothing() {
        TestServer server = TestBench.current().server();
        Device phone = TestBench.current().secondDevice();
        phone.awaitEngines("forms");
        List<RecordedRequest> before = server.requests();

        Synced synced = phone.sync();

        assertThat(synced.status()).as(synced.toString()).isEqualTo("NETWORK_ERROR");
        assertThat(server.requests()).isEqualTo(before);
    }
}
