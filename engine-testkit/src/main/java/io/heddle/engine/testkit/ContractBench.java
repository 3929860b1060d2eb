// SPDX-License-Identifier: Apache-2.0
package io.heddle.engine.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.heddle.engine.GlobalConfig;
import io.heddle.engine.testkit.MemoryManager.Step;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;

/** What the rules have in common: a server, the devices at it, and what is asked of them again and again. */
abstract class ContractBench {

    static final String WARP = "warp";
    static final String WEFT = "weft";
    static final String LOOM = "loom";
    static final String REED = "reed";
    static final String YARN = "yarn";
    static final String SPOOL = "spool";

    /** Beyond this many rounds devices that still have something to send will never come to rest. */
    private static final int ROUNDS = 8;

    /** No scenario is longer. */
    private static final int TIMES = 40;

    /** One run of a scenario; tells whether its sync came to the step, and did so often enough. */
    @FunctionalInterface
    interface Scenario {
        boolean run(Step step, int time) throws Exception;
    }

    @TempDir
    Path homes;

    private MemoryServer server = new MemoryServer();
    private int devices;

    protected abstract List<String> collections();

    protected abstract EngineDevice open(Path home) throws Exception;

    protected MemoryServer server() {
        return server;
    }

    /** An account of its own for the next scenario of the same test. */
    void beginAnew() {
        server = new MemoryServer();
    }

    /** A new device with an empty store. Batches are of two records, so that few are several. */
    BenchDevice device() throws Exception {
        String name = "device" + ++devices;
        Path home = Files.createDirectory(homes.resolve(name));
        MemoryManager manager = new MemoryManager(server, name, collections().toArray(String[]::new));
        return new BenchDevice(home, this::open, manager.limits(GlobalConfig.defaults(), 2));
    }

    String primary() {
        return collections().get(0);
    }

    /** Syncs the devices in turn until none has anything to send. */
    void settle(String rule, BenchDevice... devicesInTurn) {
        for (int round = 0; round < ROUNDS; round++) {
            boolean quiet = true;
            for (BenchDevice device : devicesInTurn) {
                device.sync(rule);
                quiet &= device.sent().isEmpty();
            }
            if (quiet) {
                return;
            }
        }
        throw new AssertionError("[" + rule + "]\nbut the devices never come to rest: after " + ROUNDS
                + " rounds of syncs there is still something to send");
    }

    /** Holds that each of the devices, and one that joins now, has these items and no others. */
    void expect(String rule, List<String> words, BenchDevice... everywhere) throws Exception {
        for (BenchDevice device : everywhere) {
            assertThat(device.items()).as(rule).containsExactlyInAnyOrderElementsOf(words);
        }
        BenchDevice joining = device();
        joining.sync(rule);
        assertThat(joining.items())
                .as(rule + "\n(on a device that joins afterwards)")
                .containsExactlyInAnyOrderElementsOf(words);
    }

    void expectSame(String rule, BenchDevice one, BenchDevice other) throws Exception {
        assertThat(one.items()).as(rule).isEqualTo(other.items());
    }

    /** Two devices that have the same items, and a server that has them too. */
    BenchDevice[] twoDevicesWith(String rule, String... words) throws Exception {
        BenchDevice one = device().add(words);
        BenchDevice other = device();
        settle(rule, one, other);
        assertThat(other.items())
                .as(rule + "\n(before that: the second device has joined)")
                .containsExactlyInAnyOrderElementsOf(Arrays.asList(words));
        return new BenchDevice[] {one, other};
    }

    /** Runs a scenario anew for every step of its sync, and every time that the sync comes to that step. */
    void atEveryStep(Scenario scenario) throws Exception {
        for (Step step : Step.values()) {
            for (int time = 1; time <= TIMES; time++) {
                beginAnew();
                if (!scenario.run(step, time)) {
                    break;
                }
            }
        }
    }

    static String at(String rule, Step step, int time) {
        return rule + "\n(at step " + step + ", time " + time + ")";
    }
}
