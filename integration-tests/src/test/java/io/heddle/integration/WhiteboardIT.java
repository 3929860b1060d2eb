// SPDX-License-Identifier: Apache-2.0
package io.heddle.integration;

import static org.assertj.core.api.Assertions.assertThat;

import io.heddle.api.EngineOutcome;
import io.heddle.api.EngineStatus;
import io.heddle.api.SyncListener;
import io.heddle.api.SyncRequest;
import io.heddle.api.SyncResult;
import io.heddle.integration.bench.Deadline;
import io.heddle.integration.bench.Device;
import io.heddle.integration.bench.TestBench;
import io.heddle.integration.outside.BenchRunner;
import io.heddle.integration.outside.Provision;
import io.heddle.server.testing.TestServer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.inject.Inject;
import org.apache.felix.service.command.CommandProcessor;
import org.apache.felix.service.command.CommandSession;
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
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.event.Event;
import org.osgi.service.event.EventConstants;
import org.osgi.service.event.EventHandler;
import org.osgi.service.metatype.AttributeDefinition;
import org.osgi.service.metatype.MetaTypeService;
import org.osgi.service.metatype.ObjectClassDefinition;

/** What else is in the framework takes part: listeners, events, configuration metadata, the shell. */
@RunWith(BenchRunner.class)
@ExamReactorStrategy(PerClass.class)
public class WhiteboardIT {

    @Inject
    private BundleContext context;

    @Inject
    private Device laptop;

    private Services services;

    @Configuration
    public Option[] everythingInstalled() {
        return Provision.device(TestBench.open(TestServer.builder()), "laptop", Provision.FULL);
    }

    @Before
    public void theEnginesAreThere() {
        services = new Services(context);
        services.awaitEngines("forms", "notes");
    }

    @Test
    public void allBundlesAreActive() {
        List<Bundle> bundles = Arrays.stream(context.getBundles())
                .filter(bundle -> bundle.getHeaders().get(Constants.FRAGMENT_HOST) == null)
                .toList();

        assertThat(bundles).allMatch(bundle -> bundle.getState() == Bundle.ACTIVE);
        assertThat(bundles)
                .extracting(Bundle::getSymbolicName)
                .contains("io.heddle.api", "io.heddle.manager", "io.heddle.engine.example");
    }

    @Test
    public void theFrameworkIsTheOneThatWasAskedFor() {
        assertThat(context.getBundle(0).getSymbolicName()).isEqualTo(System.getProperty("heddle.it.framework"));
    }

    @Test
    public void aListenerServiceIsToldOfASync() {
        List<String> told = new CopyOnWriteArrayList<>();
        SyncListener listener = new SyncListener() {
            @Override
            public void syncStarted(SyncRequest request) {
                told.add("started");
            }

            @Override
            public void engineFinished(String engine, EngineOutcome outcome) {
                told.add(engine + " " + outcome.status());
            }

            @Override
            public void syncFinished(SyncResult result) {
                told.add("finished " + result.status());
            }
        };
        laptop.call("forms", "add", "told", "to a listener");
        ServiceRegistration<SyncListener> registration = context.registerService(SyncListener.class, listener, null);
        services.sync();
        registration.unregister();
        services.sync();

        assertThat(told)
                .startsWith("started")
                .contains("forms " + EngineStatus.OK)
                .endsWith("finished OK")
                .doesNotHaveDuplicates();
    }

    @Test
    public void aListenerThatThrowsDoesNoHarm() {
        SyncListener hostile = new SyncListener() {
            @Override
            public void syncStarted(SyncRequest request) {
                throw new AssertionError("hostile listener");
            }
        };
        ServiceRegistration<SyncListener> registration = context.registerService(SyncListener.class, hostile, null);
        try {
            services.sync();
        } finally {
            registration.unregister();
        }
    }

    @Test
    public void eventsTellOfASync() {
        List<Event> events = new CopyOnWriteArrayList<>();
        ServiceRegistration<EventHandler> handler = context.registerService(
                EventHandler.class,
                events::add,
                Services.properties(EventConstants.EVENT_TOPIC, new String[] {"io/heddle/sync/*"}));
        laptop.call("forms", "add", "told", "by an event");
        services.sync();
        // EventAdmin delivers on a thread of its own.
        Deadline.await(
                "the events of a sync",
                () -> topics(events)
                        .containsAll(List.of(
                                "io/heddle/sync/STARTED", "io/heddle/sync/ENGINE forms", "io/heddle/sync/FINISHED")));
        handler.unregister();

        assertThat(topics(events)).containsSubsequence("io/heddle/sync/STARTED", "io/heddle/sync/FINISHED");
        assertThat(events)
                .filteredOn(event -> event.getTopic().endsWith("/STARTED"))
                .extracting(event -> event.getProperty("byUser"))
                .containsExactly(true);
        assertThat(events)
                .filteredOn(event -> "forms".equals(event.getProperty("engine")) && event.containsProperty("outgoing"))
                .singleElement()
                .satisfies(event -> assertThat(event.getProperty("status")).isEqualTo("OK"))
                .satisfies(event -> assertThat(event.getProperty("outgoing")).isEqualTo(1));
        assertThat(events)
                .filteredOn(event -> event.getTopic().endsWith("/FINISHED"))
                .extracting(event -> event.getProperty("status"))
                .containsExactly("OK");
    }

    private static List<String> topics(List<Event> events) {
        return events.stream()
                .map(event -> event.containsProperty("status") && event.containsProperty("engine")
                        ? event.getTopic() + " " + event.getProperty("engine")
                        : event.getTopic())
                .toList();
    }

    @Test
    public void everySettingIsDescribed() {
        MetaTypeService metatype = services.one(MetaTypeService.class);

        assertThat(settings(metatype, "io.heddle.manager", "io.heddle.manager"))
                .contains("device.name", "state.file", "engines.parallel", "stop.timeoutSeconds");
        assertThat(settings(metatype, "io.heddle.engine.example", "io.heddle.engine.example.forms"))
                .containsExactly("state.file");
        assertThat(settings(metatype, "io.heddle.engine.example", "io.heddle.engine.example.notes"))
                .contains("folder", "state.file");
    }

    @Test
    public void theShellSyncsAndShowsTheState() throws Exception {
        CommandProcessor processor = services.one(CommandProcessor.class);
        InputStream in = new ByteArrayInputStream(new byte[0]);
        OutputStream out = new ByteArrayOutputStream();
        try (CommandSession session = processor.createSession(in, out, out)) {
            session.execute("forms:add shell 'two words'");

            assertThat(session.execute("sync:now").toString()).contains("forms");
            assertThat(session.execute("sync:now forms").toString())
                    .contains("forms")
                    .doesNotContain("notes");
            assertThat(session.execute("forms:list").toString()).contains("two words");
            assertThat(session.execute("sync:engines").toString()).contains("forms", "notes");
            assertThat(session.execute("sync:status").toString()).isNotBlank();
        }
    }

    /** The ids of a PID's settings, each of which has a name and a description. */
    private List<String> settings(MetaTypeService metatype, String bundle, String pid) {
        Bundle owner = Arrays.stream(context.getBundles())
                .filter(found -> bundle.equals(found.getSymbolicName()))
                .findFirst()
                .orElseThrow();
        ObjectClassDefinition definition =
                metatype.getMetaTypeInformation(owner).getObjectClassDefinition(pid, Locale.ENGLISH.toString());
        AttributeDefinition[] attributes = definition.getAttributeDefinitions(ObjectClassDefinition.ALL);
        assertThat(definition.getName()).isNotBlank();
        assertThat(attributes)
                .allSatisfy(attribute -> assertThat(attribute.getName()).isNotBlank())
                .allSatisfy(attribute -> assertThat(attribute.getDescription()).isNotBlank());
        return Arrays.stream(attributes).map(AttributeDefinition::getID).toList();
    }
}
