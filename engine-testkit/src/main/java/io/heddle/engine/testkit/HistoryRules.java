// SPDX-License-Identifier: Apache-2.0
package io.heddle.engine.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.heddle.engine.ServerTimestamp;
import io.heddle.engine.record.IncomingRecord;
import io.heddle.engine.record.OutgoingRecord;
import io.heddle.engine.record.RecordSession;
import io.heddle.engine.record.SyncPoint;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The rules of what an engine remembers of the server, of forgetting it, and of records that come more than once. */
abstract class HistoryRules extends ContentRules {

    @Test
    void pointOfApplySurvivesARestart() throws Exception {
        String rule = "apply persists the points that it is given together with the data; else everything is fetched"
                + " again in each sync, or, when only the point is stored, records are lost";
        device().add(WARP, WEFT).sync(rule);
        BenchDevice phone = device();
        phone.sync(rule);
        expectPointAtTheEnd(rule, phone);
        phone.restart();
        expectPointAtTheEnd(rule, phone);
        assertThat(phone.items()).as(rule).containsExactlyInAnyOrder(WARP, WEFT);
    }

    @Test
    void pointOfUploadSurvivesARestart() throws Exception {
        String rule = "uploaded persists the batch's sync point together with the marks; else a device fetches its own"
                + " records in the next sync";
        BenchDevice laptop = device().add(WARP, WEFT, LOOM);
        laptop.sync(rule);
        laptop.restart();
        expectPointAtTheEnd(rule, laptop);
    }

    @Test
    void anotherSyncIdOffersEverythingLocal() throws Exception {
        String rule =
                "after a reset everything local is offered, under the id that it had: another syncID means that the"
                        + " server may have lost it";
        BenchDevice[] both = twoDevicesWith(rule, WARP, WEFT);
        both[1].add(LOOM);
        both[0].restart();
        server().startAfresh();
        settle(rule, both);
        expect(rule, List.of(WARP, WEFT, LOOM), both);
    }

    @Test
    void anotherSyncIdMergesWhatTheServerHas() throws Exception {
        String rule =
                "after a reset everything is fetched again and merged into what is here: nothing is there twice, and"
                        + " no local change is lost";
        BenchDevice[] both = twoDevicesWith(rule, WARP, WEFT);
        both[0].add(LOOM);
        both[0].sync(rule);
        both[1].add(REED);
        server().changeSyncId();
        settle(rule, both[1], both[0]);
        expect(rule, List.of(WARP, WEFT, LOOM, REED), both);
    }

    @Test
    void resetKeepsLocalDataAndForgetsEveryPoint() throws Exception {
        String rule = "reset forgets every sync point and keeps local data, also when it is called twice";
        BenchDevice[] both = twoDevicesWith(rule, WARP, WEFT);
        both[1].add(LOOM);
        both[1].reset(rule);
        both[1].reset(rule);
        assertThat(both[1].items()).as(rule).containsExactlyInAnyOrder(WARP, WEFT, LOOM);
        expectNoPoint(rule, both[1]);
        both[1].restart();
        expectNoPoint(rule, both[1]);
        settle(rule, both[1], both[0]);
        expect(rule, List.of(WARP, WEFT, LOOM), both);
    }

    @Test
    void wipeDeletesLocalDataAndTellsNobody() throws Exception {
        String rule =
                "wipe deletes local data, uploads no tombstone for it, and forgets every sync point; else the word of"
                        + " one device empties all others, or this one never gets its items again";
        BenchDevice[] both = twoDevicesWith(rule, WARP, WEFT);
        both[1].wipe(rule);
        assertThat(both[1].items()).as(rule).isEmpty();
        expectNoPoint(rule, both[1]);
        both[1].restart();
        assertThat(both[1].items()).as(rule).isEmpty();
        both[1].sync(rule);
        assertThat(both[1].sent()).as(rule).isEmpty();
        both[0].sync(rule);
        expect(rule, List.of(WARP, WEFT), both);
        both[1].wipe(rule);
        server().startAfresh();
        both[1].sync(rule);
        assertThat(both[1].sent()).as(rule + "\n(when the server is empty too)").isEmpty();
        settle(rule, both);
        expect(rule, List.of(WARP, WEFT), both);
    }

    @Test
    void appliedTwiceIsTheSameAsOnce() throws Exception {
        String rule =
                "records that are staged or applied twice leave the same as once: after a crash or a page that was"
                        + " fetched twice they come again";
        BenchDevice[] both = twoDevicesWith(rule, WARP, WEFT, LOOM);
        both[0].change(WEFT, YARN);
        both[0].delete(LOOM);
        both[0].sync(rule);
        both[1].add(REED);
        Set<String> offered = applyEverything(rule, both[1], 1);
        assertThat(both[1].items()).as(rule).containsExactlyInAnyOrder(WARP, YARN, REED);
        assertThat(applyEverything(rule, both[1], 2)).as(rule).isEqualTo(offered);
        assertThat(both[1].items()).as(rule).containsExactlyInAnyOrder(WARP, YARN, REED);
        settle(rule, both[1], both[0]);
        expect(rule, List.of(WARP, YARN, REED), both);
    }

    @Test
    void ownRecordsThatComeBackChangeNothing() throws Exception {
        String rule =
                "a device's own records that come back are what it has already: nothing is there twice, and nothing is"
                        + " sent in return; else two devices answer each other for ever";
        BenchDevice laptop = device().add(WARP, WEFT);
        laptop.sync(rule);
        for (String collection : collections()) {
            List<OutgoingRecord> again = server().ids(collection).stream()
                    .map(id -> OutgoingRecord.of(
                            collection, id, server().find(collection, id).orElseThrow()))
                    .toList();
            server().put(collection, again);
        }
        laptop.sync(rule);
        assertThat(laptop.sent()).as(rule).isEmpty();
        expect(rule, List.of(WARP, WEFT), laptop);
    }

    /** Stages all that is on the server, so many times, and applies it; {@return the ids of what is offered} */
    private Set<String> applyEverything(String rule, BenchDevice device, int times) {
        Set<String> offered = new HashSet<>();
        BenchDevice.must(rule, () -> applyEverything(device, times, offered));
        return offered;
    }

    private void applyEverything(BenchDevice device, int times, Set<String> offered) throws Exception {
        Map<String, SyncPoint> points = new LinkedHashMap<>();
        try (RecordSession session = device.engine().open(device.manager().context())) {
            for (String collection : collections()) {
                session.findSyncPoint(collection);
                List<IncomingRecord> records = server().newer(collection, ServerTimestamp.ZERO);
                for (int time = 0; time < times; time++) {
                    for (IncomingRecord record : records) {
                        session.stage(record);
                    }
                }
                points.put(collection, new SyncPoint(server().syncId(), server().lastModified(collection)));
            }
            session.apply(points).forEachRemaining(record -> offered.add(record.id()));
        }
    }

    private void expectPointAtTheEnd(String rule, BenchDevice device) throws Exception {
        for (String collection : collections()) {
            SyncPoint end = new SyncPoint(server().syncId(), server().lastModified(collection));
            assertThat(device.findSyncPoint(collection))
                    .as(rule + "\n(findSyncPoint of the collection " + collection + ")")
                    .contains(end);
        }
    }

    private void expectNoPoint(String rule, BenchDevice device) throws Exception {
        for (String collection : collections()) {
            assertThat(device.findSyncPoint(collection))
                    .as(rule + "\n(findSyncPoint of the collection " + collection + ")")
                    .isEmpty();
        }
    }
}
