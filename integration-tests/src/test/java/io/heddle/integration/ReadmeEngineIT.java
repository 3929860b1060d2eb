// SPDX-License-Identifier: Apache-2.0
package io.heddle.integration;

import static org.assertj.core.api.Assertions.assertThat;

import io.heddle.api.EngineStatus;
import io.heddle.integration.bench.TestBench;
import io.heddle.integration.bench.TodoDesk;
import io.heddle.integration.outside.BenchRunner;
import io.heddle.integration.outside.Provision;
import io.heddle.integration.outside.ReadmeEngine;
import io.heddle.server.testing.TestServer;
import java.io.IOException;
import java.nio.file.Path;
import javax.inject.Inject;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.spi.reactors.ExamReactorStrategy;
import org.ops4j.pax.exam.spi.reactors.PerClass;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;

/** The engine of the README's first screen, dropped into a running framework, does what the README says. */
@RunWith(BenchRunner.class)
@ExamReactorStrategy(PerClass.class)
public class ReadmeEngineIT {

    @Inject
    private BundleContext context;

    @Configuration
    public Option[] oneFramework() {
        TestBench bench = TestBench.open(TestServer.builder());
        ReadmeEngine.pack(bench);
        return Provision.device(bench, "laptop", Provision.FULL);
    }

    @Test
    public void itTakesPartInTheNextSync() throws BundleException, IOException {
        Services services = new Services(context);
        services.sync();
        Path packed = TestBench.current().folder().resolve("readme.jar");
        Bundle bundle = context.installBundle("reference:" + packed.toUri());
        bundle.start();
        services.awaitEngines("todo");
        TodoDesk desk = services.one(TodoDesk.class);
        desk.add("buy yarn");

        assertThat(services.sync().engines().get("todo").outgoing()).isEqualTo(1);
        assertThat(TestBench.current().server().bsos(TestBench.current().account(), "todo"))
                .hasSize(1);
        assertThat(services.sync().engines().get("todo").status()).isEqualTo(EngineStatus.NOTHING_TO_DO);

        services.manager().enableEngine("todo", false);
        services.sync();
        services.manager().enableEngine("todo", true);
        assertThat(services.sync().engines().get("todo").outgoing()).isEqualTo(1);
        assertThat(desk.texts()).containsExactly("buy yarn");
    }
}
