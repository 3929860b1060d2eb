// SPDX-License-Identifier: Apache-2.0
package io.heddle.integration;

import static org.assertj.core.api.Assertions.assertThat;

import io.heddle.api.SyncManager.EngineRegistration;
import io.heddle.integration.bench.TestBench;
import io.heddle.integration.outside.BenchRunner;
import io.heddle.integration.outside.Provision;
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
import org.osgi.framework.BundleContext;

/** A server that speaks TLS but no HTTP/2. */
@RunWith(BenchRunner.class)
@ExamReactorStrategy(PerClass.class)
public class TlsIT {

    @Inject
    private BundleContext context;

    @Configuration
    public Option[] oneFrameworkThatTrusts() {
        TestBench bench = TestBench.open(TestServer.builder().tls());
        bench.trustServer();
        return Provision.device(bench, "laptop", Provision.MINIMAL);
    }

    @Test
    public void aDeviceSyncsWithAServerWithoutHttp2() {
        Services services = new Services(context);
        OpenedEngine engine = new OpenedEngine(run -> {});
        EngineRegistration registration = services.manager().registerEngine("quiet", List.of("quiet"), engine);

        services.sync();

        registration.close();
        TestServer server = TestBench.current().server();
        assertThat(server.tokenServer()).hasScheme("https");
        assertThat(server.requests())
                .hasSizeGreaterThan(3)
                .extracting(RecordedRequest::protocol)
                .containsOnly("HTTP/1.1");
    }
}
