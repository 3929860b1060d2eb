// SPDX-License-Identifier: Apache-2.0
package io.heddle.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.Assume.assumeTrue;

import io.heddle.engine.record.RecordEngine;
import io.heddle.integration.bench.Deadline;
import io.heddle.integration.bench.Device;
import io.heddle.integration.bench.Synced;
import io.heddle.integration.bench.TestBench;
import io.heddle.integration.outside.BenchRunner;
import io.heddle.integration.outside.Jars;
import io.heddle.integration.outside.Provision;
import io.heddle.integration.outside.SecondFramework;
import io.heddle.integration.todo.TodoActivator;
import io.heddle.server.testing.TestServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import javax.inject.Inject;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.spi.reactors.ExamReactorStrategy;
import org.ops4j.pax.exam.spi.reactors.PerClass;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.service.cm.ConfigurationAdmin;

/** A to-do list in Python on one device and the one in Java on another are the same list. */
@RunWith(BenchRunner.class)
@ExamReactorStrategy(PerClass.class)
public class ProcessEngineIT {

    private static final String PID = "io.heddle.engine.process";

    @Inject
    private BundleContext context;

    @Inject
    private Device laptop;

    private Device phone;
    private Services services;
    private Path folder;
    private org.osgi.service.cm.Configuration configuration;

    @Configuration
    public Option[] twoFrameworks() throws IOException {
        TestBench bench = TestBench.open(TestServer.builder());
        Path example = Path.of(System.getProperty(TestBench.PREFIX + "examples"), "todo.py");
        Files.copy(example, bench.folder().resolve("todo.py"));
        Map<String, String> todo = Map.of(TodoActivator.NAME, "todo", TodoActivator.COLLECTIONS, "todo");
        SecondFramework.start(bench, "phone", Jars.todo(bench, "todo", "1.0.0", todo));
        return Provision.device(bench, "laptop", Provision.PROCESSES);
    }

    @Before
    public void bothListsAreThere() throws Exception {
        assumeTrue("python3 is not on the PATH: engines in Python are NOT TESTED", pythonIsThere());
        services = new Services(context);
        folder = TestBench.current().folder();
        phone = TestBench.current().secondDevice();
        phone.awaitEngines("todo");
        configuration = services.one(ConfigurationAdmin.class).createFactoryConfiguration(PID, "?");
        configure("python3", "todo.py", "python.json");
        laptop.awaitEngines("todo");
    }

    @After
    public void nothingIsLeft() throws Exception {
        if (configuration != null) {
            configuration.delete();
            Deadline.await(
                    "the end of the engine", () -> services.engine("todo").isEmpty());
            assertThat(ProcessHandle.current().descendants().filter(ProcessHandle::isAlive))
                    .isEmpty();
        }
    }

    @Test
    public void addsEditsAndDeletesTravelBothWays() throws Exception {
        String fromPython = addOnLaptop("Zürich – 東京 🧶");
        String fromJava = phone.call("todo", "put", "Gruß aus Java ☂");
        sync(laptop);
        sync(phone);
        sync(laptop);
        assertThat(phone.call("todo", "texts")).contains("Zürich – 東京 🧶", "Gruß aus Java ☂");
        assertThat(list()).contains(fromPython + " Zürich – 東京 🧶", fromJava + " Gruß aus Java ☂");

        python("set", fromJava, "edited in Python");
        sync(laptop);
        sync(phone);
        assertThat(phone.call("todo", "texts")).contains("edited in Python").doesNotContain("Gruß");

        phone.call("todo", "remove", fromPython);
        python("remove", fromJava);
        sync(phone);
        sync(laptop);
        sync(phone);
        assertThat(list()).noneMatch(line -> line.contains(fromPython) || line.contains(fromJava));
        assertThat(phone.call("todo", "texts")).doesNotContain("東京", "edited in Python");
    }

    @Test
    public void aDeclinedEngineIsResetAndOffersEverythingOnceItIsEnabledAgain() throws Exception {
        addOnLaptop("kept through the decline");
        sync(laptop);
        laptop.call("sync", "decline", "todo");
        assertThat(sync(laptop).engines()).containsEntry("todo", "DECLINED");
        TestBench bench = TestBench.current();
        assertThat(bench.server().timestamps(bench.account())).doesNotContainKey("todo");

        laptop.call("sync", "enable", "todo");
        sync(laptop);
        sync(phone);

        assertThat(phone.call("todo", "texts")).contains("kept through the decline");
    }

    @Test
    public void aProgramThatFailsFailsItsEngineAlone() throws Exception {
        configure("python3", "no-such-script.py");
        laptop.awaitEngines("todo");

        Synced synced = laptop.sync();

        assertThat(synced.engines()).containsEntry("todo", "FAILED").containsEntry("notes", "NOTHING_TO_DO");
        configure("python3", "todo.py", "python.json");
        laptop.awaitEngines("todo");
        assertThat(sync(laptop).engines().get("todo")).isNotEqualTo("FAILED");
    }

    /** A new configuration is another service: it is there once the old one is not. */
    private void configure(String... command) throws Exception {
        boolean replaces = services.engine("todo").isPresent();
        Dictionary<String, Object> properties = new Hashtable<>();
        properties.put("name", "todo");
        properties.put("collections", "todo");
        properties.put("command", command);
        properties.put("directory", folder.toString());
        Object before = replaces ? id() : null;
        configuration.update(properties);
        Deadline.await("the engine", () -> services.engine("todo").isPresent() && !id().equals(before));
    }

    private Object id() {
        try {
            var references = context.getServiceReferences(RecordEngine.class, "(sync.engine.name=todo)");
            return references.isEmpty()
                    ? "none"
                    : references.iterator().next().getProperty("service.id").toString();
        } catch (InvalidSyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private String addOnLaptop(String text) throws Exception {
        python("add", text);
        return list().stream()
                .filter(line -> line.endsWith(text))
                .findFirst()
                .orElseThrow()
                .split(" ")[0];
    }

    private List<String> list() throws Exception {
        return python("list").lines().toList();
    }

    private String python(String... words) throws Exception {
        List<String> command = new ArrayList<>(List.of("python3", "todo.py", "python.json"));
        command.addAll(List.of(words));
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isZero();
        return printed;
    }

    private static boolean pythonIsThere() throws Exception {
        try {
            Process process = new ProcessBuilder("python3", "--version")
                    .redirectErrorStream(true)
                    .start();
            process.getInputStream().readAllBytes();
            return process.waitFor() == 0;
        } catch (IOException e) {
            System.err.println("################ python3 is not on the PATH: engines in Python are NOT TESTED");
            return false;
        }
    }

    private static Synced sync(Device device) {
        Synced synced = device.sync();
        assertThat(synced.status()).as(synced.toString()).isEqualTo("OK");
        return synced;
    }
}
