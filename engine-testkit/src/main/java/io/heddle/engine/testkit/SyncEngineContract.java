// SPDX-License-Identifier: Apache-2.0
package io.heddle.engine.testkit;

import io.heddle.engine.Command;
import java.nio.file.Path;
import java.util.List;

/**
 * What every {@link io.heddle.engine.record.RecordEngine} must keep to, as a JUnit test. Extend it in the tests of your
 * engine and say how a device is opened:
 *
 * <pre>{@code
 * class TodoContractTest extends SyncEngineContract {
 *     protected List<String> collections() { return List.of("todo"); }
 *     protected EngineDevice open(Path home) { return new TodoDevice(home); }
 * }
 * }</pre>
 *
 * <p>It lets two or three devices sync over a {@link MemoryServer}, in days without accidents ({@code ContentRules}),
 * with other histories of the server ({@code HistoryRules}), and with a crash, an outage, an interrupt, a local change or
 * another device between any two calls ({@code FailureRules}), and sends them commands ({@code CommandRules}). What counts is what the user of each device sees in the
 * end. A failure begins with the rule that was broken and why it matters.
 *
 * <p>What it can't see: whether data is on disk when the power fails (it restarts the engine, not the machine), how an
 * engine does with many records, and how good its merge is: of two changes of one item either may win.
 *
 * <p>There is none for raw {@link io.heddle.engine.SyncEngine}s. Such an engine seals, pages, batches and guards its
 * requests itself, so that a server in memory would have to be a whole storage server; the one of
 * {@code local-server-bundle} is, and in front of the real manager it tests such an engine better than an imitation.
 *
 * <p><b>Threading:</b> everything is called on the test's thread. JUnit makes an instance for each test, which has its
 * own folder and its own server.
 */
public abstract class SyncEngineContract extends CommandRules {

    /** For the engine's own test. */
    protected SyncEngineContract() {}

    /**
     * Names the engine's collections.
     *
     * @return at least one, the primary one first; an item is a record of that, and may have more in the others
     */
    @Override
    protected abstract List<String> collections();

    /**
     * Opens a device that keeps all that it has below a folder. The folder is empty for a new device; one that was used
     * before is a restart: what was stored is there, and nothing else.
     *
     * @param home the device's folder, which exists; an engine that stores elsewhere uses its path as a name
     * @return the device
     * @throws Exception when that failed, which fails the test
     */
    @Override
    protected abstract EngineDevice open(Path home) throws Exception;

    /**
     * Tells whether the engine keeps fields of a record that it doesn't know when it writes the record again. Engines
     * should: devices with an older version of an engine live long.
     *
     * @return true, unless overridden by an engine whose record format is closed; the rule is skipped then
     */
    @Override
    protected boolean keepsUnknownFields() {
        return true;
    }

    /**
     * Lists commands in the engine's own words, as {@link io.heddle.engine.record.RecordEngine#perform} gets them from
     * another device. Each is carried out on a device of its own with the items {@code warp} and {@code weft}, then once
     * more, and must leave the same.
     *
     * @return none, unless overridden by an engine that has such words; their rules are skipped then
     */
    @Override
    protected List<Command> knownCommands() {
        return List.of();
    }

    /**
     * The server of this test, for example for its clock: an engine that compares its own clock with the server's times
     * is tested with {@link MemoryServer#clock()}.
     *
     * @return the server of the scenario that runs now
     */
    @Override
    protected final MemoryServer server() {
        return super.server();
    }
}
