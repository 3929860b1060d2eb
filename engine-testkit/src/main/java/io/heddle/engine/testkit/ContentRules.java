// SPDX-License-Identifier: Apache-2.0
package io.heddle.engine.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.heddle.engine.record.OutgoingRecord;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The rules of a day without accidents: items, changes and deletions reach every device, and nothing else moves. */
abstract class ContentRules extends ContractBench {

    protected abstract boolean keepsUnknownFields();

    @Test
    void firstUploadReachesADeviceThatJoins() throws Exception {
        String rule = "apply offers every item that was never uploaded, and a device that joins takes them all;"
                + " else data exists on one device only";
        BenchDevice laptop = device().add(WARP, WEFT, LOOM);
        laptop.sync(rule);
        expect(rule, List.of(WARP, WEFT, LOOM), laptop);
    }

    @Test
    void joiningUnitesTheItemsOfBothSides() throws Exception {
        String rule = "a first sync merges what is on the server with what is here; neither replaces the other";
        BenchDevice laptop = device().add(WARP, WEFT);
        BenchDevice phone = device().add(LOOM);
        settle(rule, laptop, phone);
        expect(rule, List.of(WARP, WEFT, LOOM), laptop, phone);
    }

    @Test
    void changesGoBothWays() throws Exception {
        String rule = "items that were added or changed on either device are the same on both after a sync";
        BenchDevice[] both = twoDevicesWith(rule, WARP, WEFT);
        both[0].change(WARP, YARN);
        both[1].change(WEFT, SPOOL);
        both[1].add(REED);
        settle(rule, both);
        expect(rule, List.of(YARN, SPOOL, REED), both);
    }

    @Test
    void deletionsGoBothWaysAsTombstones() throws Exception {
        String rule =
                "an item that is deleted here becomes a tombstone on the server, and a tombstone from there deletes"
                        + " the item here; else deleted items come back";
        BenchDevice[] both = twoDevicesWith(rule, WARP, WEFT, LOOM);
        int live = server().liveIds(primary()).size();
        both[0].delete(WARP);
        both[0].sync(rule);
        assertThat(server().liveIds(primary())).as(rule).hasSizeLessThan(live);
        both[1].sync(rule);
        assertThat(both[1].items()).as(rule).containsExactlyInAnyOrder(WEFT, LOOM);
        both[1].delete(WEFT);
        settle(rule, both[1], both[0]);
        expect(rule, List.of(LOOM), both);
    }

    @Test
    void deletedItemStaysDeleted() throws Exception {
        String rule = "an item that another device deleted is never uploaded again, not after a restart either";
        BenchDevice[] both = twoDevicesWith(rule, WARP, WEFT);
        both[0].delete(WARP);
        both[0].sync(rule);
        for (int sync = 0; sync < 3; sync++) {
            both[1].sync(rule);
            assertThat(both[1].sent()).as(rule).isEmpty();
            both[1].restart();
        }
        both[0].sync(rule);
        expect(rule, List.of(WEFT), both);
    }

    @Test
    void tombstoneOfAnUnknownRecordChangesNothing() throws Exception {
        String rule = "a tombstone for a record that this device never had is no error, and no change";
        BenchDevice laptop = device().add(WARP);
        laptop.sync(rule);
        for (String collection : collections()) {
            server().put(collection, List.of(OutgoingRecord.tombstone(collection, "neverSeenOne")));
        }
        settle(rule, laptop);
        expect(rule, List.of(WARP), laptop);
    }

    @Test
    void itemDeletedBeforeItsFirstUploadReachesNobody() throws Exception {
        String rule = "an item that was added and deleted between two syncs leaves no trace on other devices";
        BenchDevice laptop = device().add(WARP, WEFT);
        laptop.delete(WARP);
        settle(rule, laptop);
        expect(rule, List.of(WEFT), laptop);
    }

    @Test
    void conflictsEndTheSameOnAllDevices() throws Exception {
        String rule =
                "when both devices changed one item, both end with the same, and one of the two versions survives";
        BenchDevice[] both = twoDevicesWith(rule, WARP, WEFT);
        both[0].change(WARP, LOOM);
        both[1].change(WARP, REED);
        both[0].change(WEFT, YARN);
        both[1].delete(WEFT);
        settle(rule, both);
        assertThat(both[0].items()).as(rule).containsAnyOf(LOOM, REED);
        expect(rule, both[0].items(), both);
    }

    @Test
    void syncWithoutChangesSendsNothing() throws Exception {
        String rule =
                "what the server has is not offered again, not after a restart either; else every sync writes, and"
                        + " wakes all other devices";
        BenchDevice[] both = twoDevicesWith(rule, WARP, WEFT, LOOM);
        for (BenchDevice device : both) {
            device.sync(rule);
            assertThat(device.sent()).as(rule).isEmpty();
            device.restart();
            device.sync(rule);
            assertThat(device.sent()).as(rule + "\n(after a restart)").isEmpty();
        }
    }

    @Test
    void unknownFieldsAreKept() throws Exception {
        assumeTrue(keepsUnknownFields(), "keepsUnknownFields() says that this record format has no room for them");
        String rule = "fields that a newer version of the engine put into a record are still there when this version"
                + " rewrites it; else an old device deletes what new ones know. Override keepsUnknownFields() if your"
                + " format can't";
        BenchDevice laptop = device().add(WARP);
        laptop.sync(rule);
        for (String id : server().liveIds(primary())) {
            JsonObject json = JsonParser.parseString(
                            server().find(primary(), id).orElseThrow())
                    .getAsJsonObject();
            json.add("heddleUnknownField", JsonParser.parseString("{\"nested\":[1,\"two\",null]}"));
            server().put(primary(), id, json.toString());
        }
        laptop.sync(rule);
        laptop.restart();
        laptop.change(WARP, WEFT);
        laptop.sync(rule);
        assertThat(laptop.sent().stream().filter(record -> record.collection().equals(primary())))
                .as(rule)
                .isNotEmpty()
                .allMatch(record -> record.json().contains("heddleUnknownField")
                        && record.json().contains("two"));
    }

    @Test
    void malformedRecordFailsNothingElse() throws Exception {
        BenchDevice author = device().add(WARP);
        author.sync("a first upload");
        String id = anyRecord();
        for (String json :
                MalformedRecords.madeFrom(server().find(primary(), id).orElseThrow())) {
            beginAnew();
            surviveMalformed(json);
        }
    }

    private String anyRecord() {
        return server().liveIds(primary()).stream()
                .findFirst()
                .orElseThrow(() -> new AssertionError("[every item is a record of the primary collection, " + primary()
                        + "]\nbut after a first sync there is none"));
    }

    private void surviveMalformed(String json) throws Exception {
        String shown = json.length() < 300 ? json : json.substring(0, 300) + "… (" + json.length() + " characters)";
        String rule =
                "a record that isn't as the engine writes them, by a bug or another version, is left out alone: it"
                        + " fails neither the sync nor other records; else one bad record ends sync for good."
                        + " Don't let stage or apply throw for it\n(with the record " + shown + ")";
        BenchDevice laptop = device().add(WARP);
        laptop.sync(rule);
        String known = anyRecord();
        for (String id : List.of("malformedOne", known)) {
            for (String collection : collections()) {
                server().put(collection, id, MalformedRecords.withId(json, id));
            }
            BenchDevice phone = device().add(id.equals(known) ? REED : WEFT);
            phone.sync(rule);
            laptop.sync(rule);
            laptop.restart();
            laptop.sync(rule);
            assertThat(laptop.items()).as(rule).contains(id.equals(known) ? REED : WEFT);
        }
        assertThat(laptop.items()).as(rule).contains(WEFT, REED);
    }
}
