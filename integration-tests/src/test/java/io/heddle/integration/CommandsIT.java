// SPDX-License-Identifier: Apache-2.0
package io.heddle.integration;

import static org.assertj.core.api.Assertions.assertThat;

import io.heddle.api.CommandHandler;
import io.heddle.engine.Command;
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
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import javax.inject.Inject;
import org.junit.Before;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.spi.reactors.ExamReactorStrategy;
import org.ops4j.pax.exam.spi.reactors.PerClass;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceRegistration;

/** Commands from the shell of one device to the engines and to the application of another, each in its framework. */
@RunWith(BenchRunner.class)
@ExamReactorStrategy(PerClass.class)
public class CommandsIT {

    @Inject
    private Device laptop;

    @Inject
    private BundleContext context;

    private Device phone;

    @Configuration
    public Option[] twoFrameworks() {
        TestBench bench = TestBench.open(TestServer.builder());
        SecondFramework.start(bench, "phone");
        return Provision.device(bench, "laptop", Provision.FULL);
    }

    @Before
    public void eachKnowsTheOther() {
        phone = TestBench.current().secondDevice();
        laptop.awaitEngines("forms", "notes");
        phone.awaitEngines("forms", "notes");
        sync(laptop);
        sync(phone);
        sync(laptop);
    }

    @Test
    public void aWordOfTheApplicationsOwnReachesItsHandlerOnTheOtherDeviceOnce() {
        Queue<Command> arrived = new ConcurrentLinkedQueue<>();
        phone.call("sync", "send", "greet", "all", "Gruß ☂");
        sync(phone);
        sync(laptop);
        assertThat(arrived).isEmpty();

        ServiceRegistration<CommandHandler> handler = context.registerService(CommandHandler.class, arrived::add, null);
        try {
            sync(laptop);
            sync(phone);
            sync(laptop);
        } finally {
            handler.unregister();
        }

        assertThat(arrived).containsExactly(Command.of("greet", "Gruß ☂"));
    }

    @Test
    public void ofTwoHandlersTheOneOfTheHigherRankingIsAskedFirst() {
        Queue<String> asked = new ConcurrentLinkedQueue<>();
        List<ServiceRegistration<CommandHandler>> handlers =
                List.of(handler(1, command -> asked.add("low")), handler(2, command -> asked.add("high") && false));
        try {
            phone.call("sync", "send", "greet", "all", "twice");
            sync(phone);
            sync(laptop);
        } finally {
            handlers.forEach(ServiceRegistration::unregister);
        }

        assertThat(asked).containsExactly("high", "low");
    }

    private ServiceRegistration<CommandHandler> handler(int ranking, CommandHandler handler) {
        return context.registerService(
                CommandHandler.class, handler, new Hashtable<>(Map.of(Constants.SERVICE_RANKING, ranking)));
    }

    @Test
    public void aRestoreReplacesWhatTheOtherDeviceHas() throws IOException {
        Path own = TestBench.current().notesOf("laptop");
        Path others = TestBench.current().notesOf("phone");
        Files.writeString(own.resolve("plan.md"), "old");
        Files.writeString(others.resolve("shopping.md"), "wool");
        sync(laptop);
        sync(phone);
        sync(laptop);
        // Back to what a backup had, in whatever way; the phone goes on meanwhile.
        Files.writeString(own.resolve("plan.md"), "older");
        Files.delete(own.resolve("shopping.md"));
        Files.writeString(others.resolve("unsynced.md"), "only on the phone");

        assertThat(laptop.call("sync", "restore", "notes")).contains("replaces");
        sync(laptop);
        sync(phone);
        sync(laptop);

        assertThat(contents(others)).isEqualTo(Map.of("plan.md", "older"));
        assertThat(contents(own)).isEqualTo(Map.of("plan.md", "older"));
    }

    private static Map<String, String> contents(Path folder) throws IOException {
        Map<String, String> contents = new TreeMap<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                if (!file.getFileName().toString().startsWith(".")) {
                    contents.put(file.getFileName().toString(), Files.readString(file));
                }
            }
        }
        return contents;
    }

    private static void sync(Device device) {
        Synced synced = device.sync();
        assertThat(synced.status()).as(synced.toString()).isEqualTo("OK");
    }
}
