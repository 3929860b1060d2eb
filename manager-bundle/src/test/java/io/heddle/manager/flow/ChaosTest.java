// SPDX-License-Identifier: Apache-2.0
package io.heddle.manager.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.heddle.api.SyncResult;
import io.heddle.api.SyncStatus;
import io.heddle.manager.flow.Troubles.Target;
import io.heddle.server.storage.Limits;
import io.heddle.server.testing.TestServer;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;

/**
 * Many records go up from one device and come down on another, while a 401, a 412, a 503 and a connection reset come at
 * random requests of each direction, and both devices and a third one edit: in the end both devices and the server have each
 * edit.
 *
 * <p>{@code heddle.chaos.records} and {@code heddle.chaos.runs} make it larger, {@code heddle.chaos.seed} repeats a run.
 */
class ChaosTest extends Transfers {

    private static final int RECORDS = Integer.getInteger("heddle.chaos.records", 10_000);
    private static final int RUNS = Integer.getInteger("heddle.chaos.runs", 2);
    private static final int POST = 100;
    private static final int BATCH = 2_000;
    private static final int PAGE = 1_000;

    /** A twentieth of the records is what the second device adds, and what either device edits later. */
    private static final int FEW = RECORDS / 20;

    /** So many different items are edited at least when so many are edited at random. */
    private static final int MOST_OF_FEW = FEW / 10 * 9;

    /** Of twenty items one may be deleted, and is not edited by anybody. */
    private static final int DELETED = 7;

    private final Map<String, String> expected = new ConcurrentHashMap<>();
    private String name;
    private Random random;
    private Troubles troubles;
    private int edits;
    private int syncs;
    private long requests;

    private TestDevice laptop;
    private TestDevice phone;
    private MarkedItems onLaptop;
    private MarkedItems onPhone;

    @Test
    void bothSidesAreEqualAndNoEditIsLostWhateverHappensOnTheWay() {
        long seed = Long.getLong("heddle.chaos.seed", System.nanoTime());
        for (int run = 0; run < RUNS; run++) {
            if (run > 0) {
                nothingIsLeftOnItsWay();
            }
            name = "run " + run + ", -Dheddle.chaos.seed=" + (seed + run);
            System.out.println("chaos: " + name);
            begin(new Random(seed + run));
            long start = System.nanoTime();
            disturbedExchange();
            long seconds = Duration.ofNanos(System.nanoTime() - start).toSeconds();
            System.out.printf(
                    Locale.ROOT,
                    "chaos: %s: %,d records and %,d edits, both sides equal after %d syncs, %,d requests and %d s; %s%n",
                    name,
                    RECORDS + FEW,
                    edits,
                    syncs,
                    requests,
                    seconds,
                    troubles.counts());
        }
    }

    private void begin(Random ofRun) {
        start(TestServer.builder()
                .pageLimit(PAGE)
                .limits(new Limits(POST, 2_000_000, 100_000, 2_000_000, BATCH, 100_000_000)));
        random = ofRun;
        troubles = new Troubles(server, TODO, random);
        expected.clear();
        edits = 0;
        syncs = 0;
        requests = 0;
        laptop = device("Laptop");
        phone = device("Phone");
        onLaptop = new MarkedItems("todo");
        onPhone = new MarkedItems("todo");
        laptop.offer(onLaptop, OneServer.spec("todo"));
        phone.offer(onPhone, OneServer.spec("todo"));
    }

    private void disturbedExchange() {
        add(onLaptop, "l", RECORDS);
        disturbUpload(onLaptop, RECORDS);
        syncUntilThrough("the upload", laptop);

        add(onPhone, "p", FEW);
        disturbDownload(onPhone, RECORDS);
        disturbUpload(onPhone, FEW);
        syncUntilThrough("the join", phone);

        editOrDeleteFew(onLaptop);
        editOrDeleteFew(onPhone);
        disturbDownload(onLaptop, FEW);
        disturbUpload(onLaptop, MOST_OF_FEW);
        syncUntilThrough("the laptop's changes", laptop);
        disturbDownload(onPhone, MOST_OF_FEW);
        disturbUpload(onPhone, MOST_OF_FEW);
        syncUntilThrough("the phone's changes", phone);

        for (TestDevice device : List.of(laptop, phone, laptop, phone)) {
            assertThat(sync(device).status()).as(name).isEqualTo(SyncStatus.OK);
        }
        assertNothingIsLost();
    }

    private void assertNothingIsLost() {
        assertThat(onLaptop.isUnchanged()).as(name).isTrue();
        assertThat(onPhone.isUnchanged()).as(name).isTrue();
        for (TestDevice device : List.of(laptop, phone)) {
            assertThat(sync(device).storageRequests()).as(name).isEqualTo(1);
        }
        assertSame("the laptop", onLaptop.items());
        assertSame("the phone", onPhone.items());
        assertSame("the server", onServer.texts("todo", "marks"));
    }

    /** Both are too long for a message. */
    private void assertSame(String where, Map<String, String> found) {
        List<String> wrong = expected.keySet().stream()
                .filter(id -> !expected.get(id).equals(found.get(id)))
                .map(id -> id + " is " + found.get(id) + " in place of " + expected.get(id))
                .limit(20)
                .toList();
        assertThat(wrong).as("%s, on %s", name, where).isEmpty();
        assertThat(found).as("%s, on %s", name, where).hasSize(expected.size());
    }

    private void add(MarkedItems items, String prefix, int count) {
        records(prefix, count, 40).forEach((id, text) -> {
            items.mark(id, text);
            expected.put(id, text);
        });
    }

    /** At POSTs that begin or continue a batch, and at those that commit one. */
    private void disturbUpload(MarkedItems items, int records) {
        int batches = (records + BATCH - 1) / BATCH;
        Target commits = new Target("POST", "commit ", query -> query.contains("commit="), batches, 20);
        Target others = new Target("POST", "POST ", query -> !query.contains("commit="), records / POST - batches, 20);
        for (Target target : List.of(commits, others)) {
            troubles.plan(target);
            meanwhile(target, items);
        }
    }

    /** What comes after those pages that are sure to be full may be short. */
    private void disturbDownload(MarkedItems items, int records) {
        int full = Math.max(1, records / PAGE);
        Target pages = new Target("GET", "page ", query -> true, full, Math.min(PAGE, records) * 200);
        troubles.plan(pages);
        meanwhile(pages, items);
    }

    /**
     * The device that is syncing and a third one edit items: those that are on their way just then, and some that everybody
     * edits all the time. The former deletes some. What the third one does is answered 412 to the former.
     */
    private void meanwhile(Target target, MarkedItems items) {
        troubles.meanwhile(target, 10, point -> edit(items, near(point, target)));
        troubles.meanwhile(target, 10, point -> edit(items, anyOfThePopular()));
        troubles.troublingMeanwhile(target, 2, point -> editElsewhere(near(point, target)));
        troubles.troublingMeanwhile(target, 2, point -> editElsewhere(anyOfThePopular()));
        troubles.meanwhile(target, 2, point -> delete(items, random.nextInt(RECORDS / 20)));
    }

    private void editOrDeleteFew(MarkedItems items) {
        for (int i = 0; i < FEW; i++) {
            edit(items, random.nextInt(RECORDS)).run();
        }
        for (int i = 0; i < FEW / 4; i++) {
            edit(items, anyOfThePopular()).run();
        }
        for (int i = 0; i < 10; i++) {
            delete(items, random.nextInt(RECORDS / 20)).run();
        }
    }

    /** Records go in the order of their numbers. */
    private int near(int point, Target target) {
        int there = (int) ((long) RECORDS * point / target.least()) + random.nextInt(2 * BATCH) - BATCH;
        return Math.max(0, Math.min(RECORDS - 1, there));
    }

    private int anyOfThePopular() {
        return 200 * random.nextInt(RECORDS / 200);
    }

    private Runnable edit(MarkedItems items, int index) {
        return edit(index, (id, mark) -> items.mark(id, mark));
    }

    /** The third device sees what the server has, and adds its mark. */
    private Runnable editElsewhere(int index) {
        return edit(index, (id, mark) -> {
            String marks = server.bso(account, "todo", id)
                    .map(stored -> onServer.opened("todo", id).get("marks").getAsString())
                    .map(there -> MarkedItems.merged(there, mark))
                    .orElse(mark);
            onServer.putSealed("todo", Map.of(id, MarkedItems.json(id, marks)));
        });
    }

    private Runnable edit(int index, BiConsumer<String, String> adding) {
        String id = id(index % 20 == DELETED ? index + 1 : index);
        return () -> {
            synchronized (expected) {
                String mark = "edit" + ++edits;
                adding.accept(id, mark);
                expected.merge(id, mark, MarkedItems::merged);
            }
        };
    }

    /** Nothing happens when the device does not have the item. */
    private Runnable delete(MarkedItems items, int twenties) {
        String id = id(twenties * 20 + DELETED);
        return () -> {
            synchronized (expected) {
                if (items.remove(id)) {
                    edits++;
                    expected.remove(id);
                }
            }
        };
    }

    private static String id(int index) {
        return String.format("l%05d", index);
    }

    private void syncUntilThrough(String what, TestDevice device) {
        SyncResult result = null;
        for (int attempt = 0; attempt < 20; attempt++) {
            result = sync(device);
            if (result.status() == SyncStatus.OK) {
                System.out.println("chaos: " + what + " met " + troubles.requireAllHappened(name + ", " + what));
                return;
            }
            assertThat(result.status())
                    .as("%s: %s", name, result.findMessage())
                    .isIn(List.of(
                            SyncStatus.BACKED_OFF,
                            SyncStatus.NETWORK_ERROR,
                            SyncStatus.ENGINES_FAILED,
                            SyncStatus.SERVICE_ERROR));
            device.clock.move(Duration.ofMinutes(11));
        }
        throw new AssertionError(name + ": still " + result + " " + result.findMessage());
    }

    private SyncResult sync(TestDevice device) {
        server.clearRequests();
        SyncResult result = device.sync();
        syncs++;
        requests += server.requests().size();
        return result;
    }
}
