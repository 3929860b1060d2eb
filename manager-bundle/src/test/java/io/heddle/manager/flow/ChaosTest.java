// SPDX-License-Identifier: Apache-2.0
package io.heddle.manager.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.heddle.api.SyncResult;
import io.heddle.api.SyncStatus;
import io.heddle.server.bso.Bso;
import io.heddle.server.storage.Limits;
import io.heddle.server.testing.Header;
import io.heddle.server.testing.TestServer;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Many records go up from one device and come down on another, while a 401, a 412, a 503 and a connection reset come at
 * random points: both sides are equal in the end, and no edit is lost.
 *
 * <p>{@code heddle.chaos.records} and {@code heddle.chaos.runs} make it larger, {@code heddle.chaos.seed} repeats a run.
 */
class ChaosTest extends Transfers {

    private static final int RECORDS = Integer.getInteger("heddle.chaos.records", 10_000);
    private static final int RUNS = Integer.getInteger("heddle.chaos.runs", 3);
    private static final int POST = 100;
    private static final int PAGE = 1_000;

    private static final Set<Integer> TROUBLES = Set.of(0, 401, 412, 503);

    private Random random;
    private long troubles;
    private TestDevice laptop;
    private TestDevice phone;

    @Test
    void bothSidesAreEqualAndNoEditIsLostWhateverHappensOnTheWay() {
        long seed = Long.getLong("heddle.chaos.seed", System.nanoTime());
        for (int run = 0; run < RUNS; run++) {
            String name = "run " + run + ", -Dheddle.chaos.seed=" + (seed + run);
            System.out.println("chaos: " + name);
            random = new Random(seed + run);
            start(TestServer.builder()
                    .pageLimit(PAGE)
                    .limits(new Limits(POST, 2_000_000, 100_000, 2_000_000, 2_000, 100_000_000)));
            troubles = 0;
            disturbedExchange(name);
            assertThat(troubles).as(name).isPositive();
            nothingIsLeftOnItsWay();
        }
        start(TestServer.builder());
    }

    private void disturbedExchange(String name) {
        laptop = device("Laptop");
        phone = device("Phone");
        MemoryEngine onLaptop = laptop.engine("todo");
        MemoryEngine onPhone = phone.engine("todo");
        Map<String, String> expected = new HashMap<>(records("l", RECORDS, 40));
        expected.forEach(onLaptop::put);
        disturb("POST", RECORDS / POST);
        syncUntilThrough(name, laptop);

        Map<String, String> mine = records("p", RECORDS / 20, 40);
        mine.forEach(onPhone::put);
        expected.putAll(mine);
        disturb("GET", RECORDS / PAGE);
        disturb("POST", RECORDS / 20 / POST);
        syncUntilThrough(name, phone);

        edit(onLaptop, expected, "l", 0, "laptop's");
        edit(onPhone, expected, "l", 1, "phone's");
        disturb("POST", RECORDS / 20 / POST);
        syncUntilThrough(name, laptop);
        disturb("GET", 1);
        disturb("POST", RECORDS / 20 / POST);
        syncUntilThrough(name, phone);
        syncUntilThrough(name, laptop);

        assertThat(onLaptop.items()).as(name).isEqualTo(expected);
        assertThat(onPhone.items()).as(name).isEqualTo(expected);
        assertThat(onLaptop.isUnchanged()).as(name).isTrue();
        assertThat(onPhone.isUnchanged()).as(name).isTrue();
        assertThat(onServer.unreadable("todo")).as(name).isEmpty();
        Set<String> stored = server.bsos(account, "todo").stream().map(Bso::id).collect(Collectors.toSet());
        assertThat(stored).as(name).hasSize(RECORDS + RECORDS / 20);
    }

    /** Every twentieth record gets another text, and the very first ones are deleted. */
    private static void edit(
            MemoryEngine engine, Map<String, String> expected, String prefix, int offset, String text) {
        for (int i = offset; i < RECORDS; i += 20) {
            String id = String.format("%s%05d", prefix, i);
            if (i < 200) {
                engine.remove(id);
                expected.remove(id);
            } else {
                engine.put(id, text);
                expected.put(id, text);
            }
        }
    }

    /** One of each trouble, among so many requests. */
    private void disturb(String method, int requests) {
        for (int trouble = 0; trouble < 4; trouble++) {
            var fault = server.on(method, TODO).onlyMatch(1 + random.nextInt(Math.max(1, requests)));
            switch (trouble) {
                case 0 -> fault.answerAlways(401, "0");
                case 1 -> fault.answerAlways(412, "0");
                case 2 -> fault.answerAlways(503, "0", Header.retryAfter(20));
                default -> {
                    // Before the server has seen it, or when all is done but the answer.
                    if (random.nextBoolean()) {
                        fault.dropConnection();
                    } else {
                        fault.truncateBody(random.nextInt(2_000));
                    }
                }
            }
        }
    }

    private void syncUntilThrough(String name, TestDevice device) {
        SyncResult result = null;
        for (int attempt = 0; attempt < 12; attempt++) {
            server.clearRequests();
            result = device.sync();
            troubles += server.requests().stream()
                    .filter(request -> TROUBLES.contains(request.status()))
                    .count();
            if (result.status() == SyncStatus.OK) {
                server.clearFaults();
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
}
