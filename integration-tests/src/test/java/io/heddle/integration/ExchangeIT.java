// SPDX-License-Identifier: Apache-2.0
package io.heddle.integration;

import static org.assertj.core.api.Assertions.assertThat;

import io.heddle.integration.bench.Device;
import io.heddle.integration.bench.Synced;
import io.heddle.integration.bench.TestBench;
import io.heddle.integration.outside.BenchRunner;
import io.heddle.integration.outside.Provision;
import io.heddle.integration.outside.SecondFramework;
import io.heddle.server.bso.Bso;
import io.heddle.server.testing.TestServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.Stream;
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

    @Test
    public void aLargeBinaryFileInAFolderArrivesByteByByte() throws IOException {
        byte[] bytes = new byte[3_000_000];
        new Random(1).nextBytes(bytes);
        Files.createDirectories(laptopNotes.resolve("pictures"));
        Files.write(laptopNotes.resolve("pictures/loom.jpg"), bytes);

        sync(laptop);
        sync(phone);

        assertThat(phoneNotes.resolve("pictures/loom.jpg")).hasBinaryContent(bytes);
    }

    @Test
    public void anEditOnTheOtherDeviceComesBack() throws IOException {
        Files.writeString(laptopNotes.resolve("list.txt"), "wool\n");
        sync(laptop);
        sync(phone);
        Files.writeString(phoneNotes.resolve("list.txt"), "wool\nsilk\n");

        sync(phone);
        sync(laptop);

        assertThat(laptopNotes.resolve("list.txt")).hasContent("wool\nsilk\n");
    }

    @Test
    public void aDeletedNoteGoesFromTheOtherDeviceToo() throws IOException {
        Files.writeString(laptopNotes.resolve("old.md"), "to be deleted");
        sync(laptop);
        sync(phone);
        assertThat(phoneNotes.resolve("old.md")).exists();
        Files.delete(laptopNotes.resolve("old.md"));

        sync(laptop);
        sync(phone);

        assertThat(phoneNotes.resolve("old.md")).doesNotExist();
    }

    @Test
    public void aConflictKeepsBothVersionsAndNamesOneAfterItsDevice() throws IOException {
        Files.writeString(laptopNotes.resolve("soup.md"), "water");
        sync(laptop);
        sync(phone);
        Files.writeString(laptopNotes.resolve("soup.md"), "water and salt");
        Files.writeString(phoneNotes.resolve("soup.md"), "water and pepper");

        sync(laptop);
        sync(phone);
        sync(laptop);

        for (Path notes : List.of(laptopNotes, phoneNotes)) {
            assertThat(notes.resolve("soup.md")).hasContent("water and salt");
            assertThat(notes.resolve("soup (conflict, phone).md")).hasContent("water and pepper");
        }
    }

    @Test
    public void aFormEntryIsAddedAndRemovedOnBothDevices() {
        laptop.call("forms", "add", "city", "Zürich – 東京 🧶");
        sync(laptop);
        sync(phone);
        String line = lineWith(phone, "Zürich – 東京 🧶");
        assertThat(line).contains("city").doesNotContain("to upload");

        phone.call("forms", "remove", line.split(" ")[0]);
        sync(phone);
        assertThat(laptop.call("forms", "list")).contains("東京");
        sync(laptop);

        assertThat(laptop.call("forms", "list")).doesNotContain("東京");
    }

    @Test
    public void theSameFormEntryOfBothDevicesBecomesOne() {
        laptop.call("forms", "add", "yarn", "merino");
        phone.call("forms", "add", "yarn", "merino");

        sync(laptop);
        sync(phone);
        sync(laptop);

        for (Device device : List.of(laptop, phone)) {
            assertThat(device.call("forms", "list").lines().filter(line -> line.contains("merino")))
                    .hasSize(1);
        }
        assertThat(lineWith(laptop, "merino")).isEqualTo(lineWith(phone, "merino"));
    }

    @Test
    public void anEngineDeclinedOnOneDeviceIsDeclinedOnBothUntilItIsEnabledAgain() {
        laptop.call("forms", "add", "kept", "through the decline");
        sync(laptop);
        sync(phone);

        phone.call("sync", "decline", "forms");
        sync(phone);
        assertThat(sync(laptop).engines()).containsEntry("forms", "DECLINED");
        assertThat(serverHas("forms")).isFalse();

        laptop.call("sync", "enable", "forms");
        assertThat(sync(laptop).engines()).containsEntry("forms", "OK");
        assertThat(sync(phone).engines()).containsEntry("forms", "OK");
        assertThat(serverHas("forms")).isTrue();
        assertThat(lineWith(phone, "through the decline")).isEqualTo(lineWith(laptop, "through the decline"));
    }

    @Test
    public void theServerHoldsNoCleartextOfNotesAndForms() throws IOException {
        Files.writeString(laptopNotes.resolve("diary-of-may.md"), "nobody may read this");
        Files.writeString(laptopNotes.resolve("long-diary.md"), "nobody may read this ".repeat(200_000));
        laptop.call("forms", "add", "secret-name", "secret-value");

        sync(laptop);
        sync(phone);

        TestBench bench = TestBench.current();
        List<Bso> stored = bench.server().timestamps(bench.account()).keySet().stream()
                .flatMap(collection -> bench.server().bsos(bench.account(), collection).stream())
                .toList();
        assertThat(stored).hasSizeGreaterThan(5);
        List<String> readable = stored.stream().flatMap(ExchangeIT::readable).toList();
        assertThat(readable).anyMatch(text -> text.contains("hmac"));
        for (String cleartext : List.of("diary", "nobody may read", "secret-name", "secret-value")) {
            assertThat(readable).noneMatch(text -> text.contains(cleartext));
        }
        assertThat(phoneNotes.resolve("diary-of-may.md")).hasContent("nobody may read this");
        assertThat(phoneNotes.resolve("long-diary.md")).hasSize(21L * 200_000);
    }

    @Test
    public void bothDevicesAreKnownToTheAccount() {
        sync(laptop);
        sync(phone);

        TestBench bench = TestBench.current();
        assertThat(bench.server().bsos(bench.account(), "clients")).hasSize(2);
    }

    /** What a curious person could read: what is stored, and what is in its base64. */
    private static Stream<String> readable(Bso bso) {
        Stream<String> decoded = Pattern.compile("[A-Za-z0-9+/=]{16,}")
                .matcher(bso.payload())
                .results()
                .map(match -> match.group().replace("=", ""))
                .filter(base64 -> base64.length() % 4 != 1)
                .map(base64 -> new String(Base64.getDecoder().decode(base64), StandardCharsets.ISO_8859_1));
        return Stream.concat(Stream.of(bso.id(), bso.payload()), decoded);
    }

    private static String lineWith(Device device, String text) {
        Stream<String> lines = device.call("forms", "list").lines();
        return lines.filter(line -> line.contains(text)).findFirst().orElseThrow();
    }

    private static boolean serverHas(String collection) {
        TestBench bench = TestBench.current();
        return bench.server().timestamps(bench.account()).containsKey(collection);
    }

    private static Synced sync(Device device) {
        Synced synced = device.sync();
        assertThat(synced.status()).as(synced.toString()).isEqualTo("OK");
        return synced;
    }
}
