// SPDX-License-Identifier: Apache-2.0
package io.heddle.engine.example.forms;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import io.heddle.engine.record.OutgoingRecord;
import io.heddle.engine.testkit.MemoryManager;
import io.heddle.engine.testkit.MemoryManager.Crash;
import io.heddle.engine.testkit.MemoryManager.Step;
import io.heddle.engine.testkit.MemoryServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FormEngineTest {

    private static final long SERVER_START = 1_795_398_488_940L;

    @TempDir
    private Path folder;

    private final MemoryServer server = new MemoryServer();
    private final MemoryManager manager = new MemoryManager(server, "laptop", "forms");
    private FormStore laptop;
    private FormStore phone;

    @BeforeEach
    void openTwoDevices() throws IOException {
        laptop = store("laptop", SERVER_START);
        phone = store("phone", SERVER_START);
    }

    @Test
    void recordHasFirefoxsFieldsAndLife() throws Exception {
        String id = laptop.add("city", "Zürich").id();
        sync(laptop);
        assertThat(id).matches("[A-Za-z0-9_-]{12}");
        assertThat(JsonParser.parseString(server.find("forms", id).orElseThrow()))
                .isEqualTo(JsonParser.parseString("{\"id\":\"" + id + "\",\"name\":\"city\",\"value\":\"Zürich\"}"));
        assertThat(server.ttl("forms", id)).hasValue(94_608_000);
    }

    @Test
    void firefoxsRecordsAreTaken() throws Exception {
        server.put("forms", "LbS4eC7XRGGca6lf", "{\"id\":\"LbS4eC7XRGGca6lf\",\"name\":\"city\",\"value\":\"Zürich\"}");
        server.put("forms", "jI1or1aJTB+/kyV3", "{\"id\":\"jI1or1aJTB+/kyV3\",\"name\":\"q\",\"value\":\"loom\"}");
        sync(laptop);
        assertThat(laptop.list()).extracting(FormEntry::value).containsExactly("Zürich", "loom");
        server.put("forms", List.of(OutgoingRecord.tombstone("forms", "jI1or1aJTB+/kyV3")));
        sync(laptop);
        assertThat(laptop.list()).extracting(FormEntry::value).containsExactly("Zürich");
        assertThat(manager.sent()).isEmpty();
    }

    @Test
    void malformedRecordIsLeftAloneAndTheRestIsTaken() throws Exception {
        server.put("forms", "aaaaaaaaaaaa", "{\"id\":\"aaaaaaaaaaaa\",\"name\":{}}");
        server.put("forms", "bbbbbbbbbbbb", "{\"id\":\"bbbbbbbbbbbb\",\"name\":\"q\",\"value\":\"loom\"}");
        sync(laptop);
        assertThat(laptop.list()).extracting(FormEntry::id).containsExactly("bbbbbbbbbbbb");
        assertThat(server.find("forms", "aaaaaaaaaaaa")).isPresent();
        assertThat(manager.sent()).isEmpty();
    }

    @Test
    void deletionReachesTheOtherDeviceAsATombstone() throws Exception {
        FormEntry entry = laptop.add("city", "Bern");
        syncAll();
        phone.remove(phone.list().get(0));
        syncAll();
        assertThat(laptop.list()).isEmpty();
        assertThat(server.find("forms", entry.id())).contains("{\"id\":\"" + entry.id() + "\",\"deleted\":true}");
    }

    @Test
    void sameEntryUnderTwoIdsTakesTheServersId() throws Exception {
        String id = laptop.add("city", "Bern").id();
        sync(laptop);
        phone.add("city", "Bern");
        sync(phone);
        assertThat(phone.list()).extracting(FormEntry::id).containsExactly(id);
        assertThat(manager.sent()).isEmpty();
    }

    @Test
    void ofTwoIdsOnTheServerEveryDeviceDropsTheSameOne() throws Exception {
        server.put("forms", "zzzzzzzzzzzz", "{\"id\":\"zzzzzzzzzzzz\",\"name\":\"city\",\"value\":\"Bern\"}");
        sync(laptop);
        server.put("forms", "aaaaaaaaaaaa", "{\"id\":\"aaaaaaaaaaaa\",\"name\":\"city\",\"value\":\"Bern\"}");
        sync(laptop);
        assertThat(server.liveIds("forms")).containsExactly("aaaaaaaaaaaa");
        server.put("forms", "zzzzzzzzzzzz", "{\"id\":\"zzzzzzzzzzzz\",\"name\":\"city\",\"value\":\"Bern\"}");
        sync(phone);
        assertThat(server.liveIds("forms")).containsExactly("aaaaaaaaaaaa");
        sync(laptop);
        assertThat(laptop.list()).extracting(FormEntry::id).containsExactly("aaaaaaaaaaaa");
    }

    /** Firefox ignores another value under an id that it has. */
    @Test
    void changeIsADeletionAndANewEntry() throws Exception {
        laptop.add("city", "Bern");
        syncAll();
        String id = laptop.list().get(0).id();

        laptop.change(laptop.list().get(0), "Basel");
        syncAll();

        assertThat(phone.list()).extracting(FormEntry::value).containsExactly("Basel");
        assertThat(phone.list()).extracting(FormEntry::id).doesNotContain(id);
        assertThat(server.liveIds("forms")).containsExactly(phone.list().get(0).id());
    }

    @Test
    void changedOnBothSidesBothNewValuesStay() throws Exception {
        laptop.add("city", "Bern");
        syncAll();
        laptop.change(laptop.list().get(0), "Basel");
        phone.change(phone.list().get(0), "Chur");
        syncAll();
        sync(laptop);
        for (FormStore device : List.of(laptop, phone)) {
            assertThat(device.list()).extracting(FormEntry::value).containsExactlyInAnyOrder("Basel", "Chur");
        }
    }

    /** Other software may change a record under its id. */
    @Test
    void changedUnderItsIdTheLaterChangeWins() throws Exception {
        laptop.add("city", "Bern");
        syncAll();
        FormEntry bern = laptop.list().get(0);
        laptop.update(draft ->
                draft.put(new FormEntry(bern.id(), "city", "Basel", SERVER_START + 30_000, FormEntry.State.CHANGED)));
        FormStore late = store("phone", SERVER_START);
        late.update(draft ->
                draft.put(new FormEntry(bern.id(), "city", "Chur", SERVER_START + 90_000, FormEntry.State.CHANGED)));
        server.setClock(SERVER_START + 60_000);
        sync(laptop);
        sync(late);
        sync(laptop);
        assertThat(laptop.list()).extracting(FormEntry::value).containsExactly("Chur");
    }

    @Test
    void entryEditedAfterItsDeletionElsewhereSurvives() throws Exception {
        laptop.add("city", "Bern");
        syncAll();
        laptop.remove(laptop.list().get(0));
        sync(laptop);
        FormStore late = store("phone", SERVER_START + 90_000);
        late.change(late.list().get(0), "Chur");
        sync(late);
        sync(laptop);
        assertThat(laptop.list()).extracting(FormEntry::value).containsExactly("Chur");
    }

    @Test
    void entryChangedWhileItsUploadIsInFlightStaysToUpload() throws Exception {
        laptop.add("city", "Bern");
        manager.probe(step -> {
            if (step == Step.COMMITTED && laptop.list().get(0).value().equals("Bern")) {
                quietly(() -> laptop.change(laptop.list().get(0), "Chur"));
            }
        });
        sync(laptop);
        assertThat(laptop.list()).extracting(FormEntry::isToUpload).containsExactly(true);
        sync(laptop);
        sync(phone);
        assertThat(phone.list()).extracting(FormEntry::value).containsExactly("Chur");
    }

    @Test
    void entryRemovedWhileItsUploadIsInFlightIsDeletedEverywhere() throws Exception {
        laptop.add("city", "Bern");
        manager.probe(step -> {
            if (step == Step.COMMITTED && !laptop.list().isEmpty()) {
                quietly(() -> laptop.remove(laptop.list().get(0)));
            }
        });
        sync(laptop);
        sync(laptop);
        assertThat(server.liveIds("forms")).isEmpty();
    }

    @Test
    void anotherDeviceInBetweenIsMergedBySecondApply() throws Exception {
        laptop.add("city", "Bern");
        boolean[] once = {true};
        manager.probe(step -> {
            if (step == Step.APPLIED && once[0]) {
                once[0] = false;
                server.put("forms", "bbbbbbbbbbbb", "{\"id\":\"bbbbbbbbbbbb\",\"name\":\"q\",\"value\":\"loom\"}");
            }
        });
        sync(laptop);
        assertThat(laptop.list()).extracting(FormEntry::value).containsExactlyInAnyOrder("Bern", "loom");
        assertThat(server.liveIds("forms")).hasSize(2);
        assertThat(laptop.list()).noneMatch(FormEntry::isToUpload);
    }

    @ParameterizedTest
    @EnumSource(Step.class)
    void crashAtAnyStepLosesAndDoublesNothing(Step step) throws Exception {
        laptop.add("city", "Bern");
        laptop.add("city", "Chur");
        server.put("forms", "bbbbbbbbbbbb", "{\"id\":\"bbbbbbbbbbbb\",\"name\":\"q\",\"value\":\"loom\"}");
        manager.crashAt(step, 1);
        Assertions.assertThatThrownBy(() -> sync(laptop)).isInstanceOf(Crash.class);
        laptop = store("laptop", SERVER_START);
        manager.probe(at -> {});
        syncAll();
        assertThat(phone.list()).extracting(FormEntry::value).containsExactlyInAnyOrder("Bern", "Chur", "loom");
        assertThat(server.liveIds("forms")).hasSize(3);
        assertThat(laptop.list()).noneMatch(FormEntry::isToUpload);
    }

    @Test
    void newSyncIdUploadsEverythingAgain() throws Exception {
        laptop.add("city", "Bern");
        syncAll();
        server.startAfresh();
        sync(laptop);
        sync(phone);
        assertThat(server.liveIds("forms")).hasSize(1);
        assertThat(phone.list()).hasSize(1);
    }

    @Test
    void wipeDeletesHereAndSendsNoTombstones() throws Exception {
        laptop.add("city", "Bern");
        sync(laptop);
        new FormEngine(laptop).wipe();
        assertThat(laptop.list()).isEmpty();
        sync(laptop);
        assertThat(manager.sent()).isEmpty();
        assertThat(laptop.list()).hasSize(1);
    }

    @Test
    void quietSyncSendsNothing() throws Exception {
        laptop.add("city", "Bern");
        syncAll();
        sync(laptop);
        assertThat(manager.sent()).isEmpty();
    }

    private void syncAll() throws Exception {
        sync(laptop);
        sync(phone);
        sync(laptop);
    }

    private void sync(FormStore store) throws Exception {
        manager.sync(new FormEngine(store));
    }

    private FormStore store(String name, long now) throws IOException {
        return new FormStore(folder.resolve(name + ".json"), Clock.fixed(Instant.ofEpochMilli(now), ZoneOffset.UTC));
    }

    private interface Action {
        void run() throws IOException;
    }

    private static void quietly(Action action) {
        try {
            action.run();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
