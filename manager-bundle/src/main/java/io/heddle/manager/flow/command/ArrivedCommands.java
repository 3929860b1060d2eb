// SPDX-License-Identifier: Apache-2.0
package io.heddle.manager.flow.command;

import io.heddle.api.CommandStatus;
import io.heddle.api.EngineOutcome;
import io.heddle.api.EngineStatus;
import io.heddle.engine.Command;
import io.heddle.manager.engines.EngineCommands;
import io.heddle.manager.engines.EngineOffer;
import io.heddle.manager.failure.SyncException;
import io.heddle.manager.reconcile.EngineSpec;
import io.heddle.manager.state.ArrivedCommand;
import io.heddle.manager.state.ArrivedCommand.Standing;
import io.heddle.manager.state.PersistedState.RestorePhase;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The commands that have arrived, between the memory and those who carry them out: sorted before the engines run, given to
 * each engine in its run, and what is left offered to the application after them. Each step is stored before the next one.
 *
 * <p><b>Threading:</b> {@link #sort} and {@link #offerRest} are for the sync's thread, between runs; the rest is safe.
 */
public final class ArrivedCommands implements EngineCommands {

    private static final Logger LOG = LoggerFactory.getLogger(ArrivedCommands.class);
    private static final String NEVER_SYNCED = "its engine has never synced here";
    private static final Map<String, String> OF_ALL =
            Map.of("wipeAll", Command.WIPE_ENGINE, "resetAll", Command.RESET_ENGINE);
    private static final Set<EngineStatus> ENDED_WELL =
            EnumSet.of(EngineStatus.OK, EngineStatus.NOTHING_TO_DO, EngineStatus.PARTIAL);

    private final CommandMemory memory;
    private final RestoreMemory restores;
    private final ApplicationCommands application;
    private final CommandJournal journal;
    /** What engines do not know, and what the application was offered. */
    private final Set<Command> refused = ConcurrentHashMap.newKeySet();

    private final Set<Command> offered = new HashSet<>();
    private Set<String> restoring = Set.of();
    /** The sorted commands, and the engine that each is for, if any. */
    private volatile Map<Command, Optional<String>> targets = Map.of();

    private volatile boolean over;

    /**
     * Those of one sync.
     *
     * @param memory of the commands
     * @param restores of the engines
     * @param application gets what no engine takes
     * @param journal is told what became of each
     */
    public ArrivedCommands(
            CommandMemory memory, RestoreMemory restores, ApplicationCommands application, CommandJournal journal) {
        this.memory = memory;
        this.restores = restores;
        this.application = application;
        this.journal = journal;
    }

    /**
     * Before the engines run: what is for all is split, what is for nobody is dropped, what is for the absent is kept.
     *
     * @param engines those that are here
     * @throws SyncException when it could not be stored
     */
    public void sort(List<EngineOffer> engines) throws SyncException {
        restoring = restores.pending().keySet();
        List<EngineSpec> here = engines.stream().map(EngineOffer::spec).toList();
        // What is split off here is sorted too.
        for (ArrivedCommand entry : unsettled()) {
            if (OF_ALL.containsKey(entry.command().name())) {
                Set<String> all = new TreeSet<>(memory.account().syncedEngines());
                here.forEach(engine -> all.add(engine.name()));
                split(entry.command(), OF_ALL.get(entry.command().name()), all);
            }
        }
        // Twice, for the parts that the first time splits off.
        for (int pass = 0; pass < 2; pass++) {
            for (ArrivedCommand entry : unsettled()) {
                if (isManagers(entry.command())) {
                    sort(entry, here);
                }
            }
        }
        // What is read beside the engines is not sorted yet: it waits for the next sync.
        Map<Command, Optional<String>> found = new LinkedHashMap<>();
        unsettled()
                .forEach(entry -> found.put(
                        entry.command(),
                        enginesFor(entry.command(), here).stream().findFirst()));
        targets = found;
    }

    /** Those that a command is for: the one of that very name, else all that answer to it. */
    private static List<String> enginesFor(Command command, List<EngineSpec> here) {
        String named = command.findArgument(0).orElse("");
        if (here.stream().anyMatch(engine -> engine.name().equals(named))) {
            return List.of(named);
        }
        // A word of the application's own is for one engine, never for a group.
        return here.stream()
                .filter(engine -> isManagers(command)
                        ? engine.answersTo(named)
                        : engine.primaryCollection().equals(named))
                .map(EngineSpec::name)
                .toList();
    }

    private void sort(ArrivedCommand entry, List<EngineSpec> here) throws SyncException {
        Command command = entry.command();
        Optional<String> named = command.findArgument(0);
        List<String> engines = enginesFor(command, here);
        boolean wipe = command.name().equals(Command.WIPE_ENGINE);
        if (named.isEmpty()) {
            drop(command, "it names no engine");
        } else if (engines.size() > 1) {
            split(command, command.name(), engines);
        } else if (wipe && restoring.contains(engines.isEmpty() ? named.get() : engines.get(0))) {
            drop(command, "what this device has is to replace what the others have");
        } else if (engines.isEmpty() && entry.standing() == Standing.WAITING) {
            keepOrDrop(command, named.get());
        } else if (wipe
                && !engines.isEmpty()
                && !memory.account().syncedEngines().contains(engines.get(0))) {
            drop(command, NEVER_SYNCED);
        }
    }

    /** An engine that has never synced here has nothing that the command could have meant. */
    private void keepOrDrop(Command command, String engine) throws SyncException {
        if (memory.account().syncedEngines().contains(engine)) {
            memory.standing(command, Standing.KEPT);
        } else {
            drop(command, NEVER_SYNCED);
        }
    }

    private void split(Command command, String name, Iterable<String> engines) throws SyncException {
        Map<Command, Standing> parts = new LinkedHashMap<>();
        for (String engine : engines) {
            Command part = Command.of(name, engine);
            parts.put(command.findFlowId().map(part::withFlowId).orElse(part), Standing.KEPT);
        }
        CommandStatus status = parts.isEmpty() ? CommandStatus.DROPPED : CommandStatus.DONE;
        parts.put(command, Standing.DONE);
        memory.standings(parts);
        journal.became(command, status);
    }

    private void drop(Command command, String why) throws SyncException {
        LOG.warn("{} is dropped: {}", command, why);
        settle(command, CommandStatus.DROPPED);
    }

    @Override
    public List<Command> pendingFor(EngineSpec engine) {
        return unsettled().stream()
                .map(ArrivedCommand::command)
                .filter(command ->
                        targetOf(command).filter(engine.name()::equals).isPresent())
                .toList();
    }

    @Override
    public void settle(Command command, CommandStatus status) throws SyncException {
        if (status == CommandStatus.UNKNOWN) {
            refused.add(command);
            return;
        }
        if (status != CommandStatus.WAITING) {
            memory.standing(command, Standing.DONE);
        }
        journal.became(command, status);
    }

    @Override
    public boolean isToBeEmptied(EngineSpec engine) {
        // One that was asked for since the commands were sorted waits: a wipe may be on its way to the engine.
        return restoring.contains(engine.name()) && restores.pending().get(engine.name()) == RestorePhase.REQUESTED;
    }

    @Override
    public void emptied(EngineSpec engine) throws SyncException {
        restores.emptied(engine.name());
    }

    @Override
    public void ended(EngineSpec engine, EngineOutcome outcome, List<Command> forOthers, boolean onServer)
            throws SyncException {
        if (over) {
            // An engine that was given up has come back: the sync that it was part of has told how it fared.
            return;
        }
        if (restores.pending().get(engine.name()) == RestorePhase.EMPTIED) {
            endRestore(engine, outcome, onServer || outcome.outgoing() > 0);
        }
        if (ENDED_WELL.contains(outcome.status())) {
            Set<String> others = CommandMemory.others(memory.account());
            for (Command command : others.isEmpty() ? List.<Command>of() : forOthers) {
                memory.queue(others, command);
            }
        }
    }

    /** The others delete nothing before all is there that can be, and none of them may be forgotten. */
    private void endRestore(EngineSpec engine, EngineOutcome outcome, boolean uploaded) throws SyncException {
        if (!ENDED_WELL.contains(outcome.status()) || memory.account().devices().isEmpty()) {
            LOG.warn("the restore of engine {} goes on with the next sync", engine.name());
            return;
        }
        if (outcome.status() == EngineStatus.PARTIAL) {
            LOG.warn("engine {} is restored without {}", engine.name(), outcome.failedIds());
        }
        if (!uploaded) {
            LOG.warn("engine {} has uploaded nothing to restore: the other devices keep what they have", engine.name());
        }
        restores.restored(engine.name(), uploaded);
    }

    /**
     * After the engines: what none of them takes is for the application, once in a sync.
     *
     * @throws SyncException when it could not be stored, or the thread was interrupted
     */
    public void offerRest() throws SyncException {
        for (ArrivedCommand entry : unsettled()) {
            Command command = entry.command();
            boolean nobodys = targets.containsKey(command) && targetOf(command).isEmpty();
            if (!isManagers(command) && nobodys && offered.add(command)) {
                CommandStatus status = application.perform(command);
                if (status == CommandStatus.DONE) {
                    memory.standing(command, Standing.DONE);
                }
                journal.became(command, status);
            }
            if (Thread.currentThread().isInterrupted()) {
                throw new SyncException.Stopped();
            }
        }
    }

    /** At the end of the sync, however it ended: what is still there. */
    public void tellOfRest() {
        over = true;
        memory.findAccount()
                .ifPresent(account -> account.arrivedCommands().stream()
                        .filter(entry -> entry.standing() != Standing.DONE)
                        .forEach(entry -> journal.waits(entry.command())));
    }

    private List<ArrivedCommand> unsettled() {
        return memory.arrived().stream()
                .filter(entry -> entry.standing() != Standing.DONE)
                .toList();
    }

    private static boolean isManagers(Command command) {
        return command.name().equals(Command.WIPE_ENGINE) || command.name().equals(Command.RESET_ENGINE);
    }

    /** The engine that a sorted command is for; none when that does not know it. */
    private Optional<String> targetOf(Command command) {
        return targets.getOrDefault(command, Optional.empty()).filter(engine -> !refused.contains(command));
    }
}
