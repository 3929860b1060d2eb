// SPDX-License-Identifier: Apache-2.0
package io.heddle.integration;

import static org.assertj.core.api.Assertions.assertThat;

import io.heddle.api.EngineInfo;
import io.heddle.api.EngineStatus;
import io.heddle.api.SyncAdministration;
import io.heddle.api.SyncManager;
import io.heddle.api.SyncManager.EngineRegistration;
import io.heddle.engine.record.RecordEngine;
import io.heddle.integration.bench.Device;
import io.heddle.integration.bench.TestBench;
import io.heddle.integration.outside.BenchRunner;
import io.heddle.integration.outside.Provision;
import io.heddle.server.testing.TestServer;
import java.util.Arrays;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import javax.inject.Inject;
import org.junit.Before;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.spi.reactors.ExamReactorStrategy;
import org.ops4j.pax.exam.spi.reactors.PerClass;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceListener;
import org.osgi.framework.ServiceRegistration;

/** Which engine services are taken in, under which conditions, and what the operator's word does to them. */
@RunWith(BenchRunner.class)
@ExamReactorStrategy(PerClass.class)
public class GrantsIT {

    @Inject
    private BundleContext context;

    @Inject
    private Device laptop;

    private final AtomicInteger opened = new AtomicInteger();
    private Services services;
    private String ownBundle;

    @Configuration
    public Option[] nothingMore() {
        return Provision.device(TestBench.open(TestServer.builder()), "laptop", Provision.MINIMAL);
    }

    @Before
    public void theManagerIsThere() {
        services = new Services(context);
        services.manager();
        ownBundle = context.getBundle().getSymbolicName();
    }

    @Test
    public void anEngineWhosePropertiesChangeGoesAndComes() {
        ServiceRegistration<RecordEngine> moving = register("moving", "here", 1, 0);
        assertThat(services.sync().engines()).containsKey("moving");

        moving.setProperties(properties("moving", "meta", 1, 0));
        assertThat(refusalOf("moving")).contains("meta belongs to the manager");
        moving.setProperties(properties("moving", "there", -1, 0));
        assertThat(refusalOf("moving")).contains("sync.engine.version", "found -1");
        moving.setProperties(properties("moved", "there", 1, 0));

        assertThat(services.engine("moving")).isEmpty();
        assertThat(services.engine("moved").orElseThrow().collections()).containsExactly("there");
        assertThat(services.sync().engines().get("moved").status()).isEqualTo(EngineStatus.NOTHING_TO_DO);
        moving.unregister();
        assertThat(services.engine("moved")).isEmpty();
    }

    @Test
    public void noBundleHearsOfTheAdministrationWhenTheManagerStartsAgain() throws Exception {
        List<String> heard = new CopyOnWriteArrayList<>();
        ServiceListener listener = event -> heard.add(
                String.join(",", (String[]) event.getServiceReference().getProperty(Constants.OBJECTCLASS)));
        Bundle manager = Arrays.stream(context.getBundles())
                .filter(bundle -> "io.heddle.manager".equals(bundle.getSymbolicName()))
                .findFirst()
                .orElseThrow();
        context.addServiceListener(listener);
        try {
            services.whileManagerIsReplaced(() -> {
                manager.stop();
                manager.start();
            });
        } finally {
            context.removeServiceListener(listener);
        }

        assertThat(heard).contains(SyncManager.class.getName()).doesNotContain(SyncAdministration.class.getName());
    }

    @Test
    public void amongTheEnginesOfABundleTheRankingDecides() {
        ServiceRegistration<RecordEngine> low = register("low", "ranked", 1, 0);
        ServiceRegistration<RecordEngine> high = register("high", "ranked", 1, 5);

        assertThat(refusalOf("low") + refusalOf("high")).contains("comes first");
        low.setProperties(properties("low", "ranked", 1, 9));
        high.setProperties(properties("high", "ranked", 1, 0));
        assertThat(services.engine("low").orElseThrow().findRefusal()).isEmpty();
        assertThat(refusalOf("high")).contains("engine low of bundle " + ownBundle);
        low.unregister();
        high.unregister();
    }

    @Test
    public void anEngineRegisteredByHandBelongsToItsCaller() {
        OpenedEngine engine = new OpenedEngine(run -> opened.incrementAndGet());
        EngineRegistration registration = services.manager().registerEngine("by-hand", List.of("by-hand"), engine);

        assertThat(services.engine("by-hand").map(EngineInfo::bundle)).contains(ownBundle);
        assertThat(laptop.call("sync", "grants")).containsPattern("by-hand +" + ownBundle);
        registration.close();
    }

    @Test
    public void theOperatorsWordTakesEffectAtOnce() {
        ServiceRegistration<RecordEngine> passwords = register("passwords", "passwords", 1, 0);
        assertThat(services.sync().engines().get("passwords").status()).isEqualTo(EngineStatus.NOT_GRANTED);
        assertThat(refusalOf("passwords")).contains("sync:grant passwords " + ownBundle);
        assertThat(opened).hasValue(0);

        assertThat(laptop.call("sync", "grant", "passwords", ownBundle)).startsWith("Granted");
        assertThat(services.sync().engines().get("passwords").status()).isEqualTo(EngineStatus.NOTHING_TO_DO);
        assertThat(opened).hasValue(1);

        assertThat(laptop.call("sync", "revoke", "passwords", "somebody.else")).startsWith("Nothing has changed");
        assertThat(laptop.call("sync", "revoke", "passwords")).startsWith("Revoked");
        assertThat(services.sync().engines().get("passwords").status()).isEqualTo(EngineStatus.NOT_GRANTED);
        assertThat(laptop.call("sync", "grant")).containsPattern("passwords +\\(nobody\\)");
        passwords.unregister();
    }

    @Test
    public void theAdministrationIsNotFoundByABundleThatHasNothingToDoWithIt() {
        assertThat(context.getServiceReference(SyncAdministration.class)).isNull();
        // It is there: the commands have it.
        assertThat(laptop.call("sync", "grants")).isNotBlank();
    }

    private ServiceRegistration<RecordEngine> register(String name, String collection, int version, int ranking) {
        RecordEngine engine = new OpenedEngine(run -> opened.incrementAndGet());
        return context.registerService(RecordEngine.class, engine, properties(name, collection, version, ranking));
    }

    private static Dictionary<String, Object> properties(String name, String collection, int version, int ranking) {
        Dictionary<String, Object> properties = new Hashtable<>();
        properties.put("sync.engine.name", name);
        properties.put("sync.engine.collections", new String[] {collection});
        properties.put("sync.engine.version", version);
        properties.put(Constants.SERVICE_RANKING, ranking);
        return properties;
    }

    private String refusalOf(String engine) {
        return services.engine(engine).orElseThrow().findRefusal().orElse("");
    }
}
