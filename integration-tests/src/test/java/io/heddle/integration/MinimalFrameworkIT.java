// SPDX-License-Identifier: Apache-2.0
package io.heddle.integration;

import static org.assertj.core.api.Assertions.assertThat;

import io.heddle.api.EngineStatus;
import io.heddle.api.SyncListener;
import io.heddle.api.SyncManager.EngineRegistration;
import io.heddle.api.SyncRequest;
import io.heddle.api.SyncResult;
import io.heddle.integration.bench.TestBench;
import io.heddle.integration.outside.BenchRunner;
import io.heddle.integration.outside.Provision;
import io.heddle.server.testing.TestServer;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import javax.inject.Inject;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.spi.reactors.ExamReactorStrategy;
import org.ops4j.pax.exam.spi.reactors.PerClass;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.ServiceRegistration;

/** The manager works where nothing is installed but what it can't do without. */
@RunWith(BenchRunner.class)
@ExamReactorStrategy(PerClass.class)
public class MinimalFrameworkIT {

    @Inject
    private BundleContext context;

    @Configuration
    public Option[] nothingMore() {
        return Provision.device(TestBench.open(TestServer.builder()), "laptop", Provision.MINIMAL);
    }

    @Test
    public void theManagerSyncsWithoutTheOptionalServices() {
        for (String absent : List.of(
                "org.osgi.service.event.EventAdmin",
                "org.osgi.service.cm.ConfigurationAdmin",
                "org.osgi.service.metatype.MetaTypeService",
                "org.apache.felix.service.command.CommandProcessor")) {
            assertThat((ServiceReference<?>) context.getServiceReference(absent))
                    .isNull();
        }
        Services services = new Services(context);
        AtomicInteger opened = new AtomicInteger();
        OpenedEngine engine = new OpenedEngine(run -> opened.incrementAndGet());

        EngineRegistration registration = services.manager().registerEngine("alone", List.of("alone"), engine);
        SyncResult result = services.sync();
        registration.close();

        assertThat(result.engines().get("alone").status()).isEqualTo(EngineStatus.NOTHING_TO_DO);
        assertThat(opened).hasPositiveValue();
    }

    @Test
    public void listenersAreToldWithoutEventAdmin() {
        AtomicInteger started = new AtomicInteger();
        SyncListener listener = new SyncListener() {
            @Override
            public void syncStarted(SyncRequest request) {
                started.incrementAndGet();
            }
        };
        ServiceRegistration<SyncListener> registration = context.registerService(SyncListener.class, listener, null);

        new Services(context).sync();

        registration.unregister();
        assertThat(started).hasValue(1);
    }
}
