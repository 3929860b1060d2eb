// SPDX-License-Identifier: Apache-2.0
package io.heddle.manager.state;

import io.heddle.engine.Command;
import io.heddle.manager.state.ArrivedCommand.Standing;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The commands of one account that came to this device or are to leave it. A command counts once, however often it is
 * asked for. Immutable.
 *
 * @param inRecord what stands in this device's record, as that was last read or written
 * @param arrived what has come and is not forgotten yet, in order
 * @param queued what is to be sent, in order
 */
public record Mailbox(List<Command> inRecord, List<ArrivedCommand> arrived, List<QueuedCommand> queued) {

    /** Nothing has come, nothing is to be sent. */
    public static final Mailbox EMPTY = new Mailbox(List.of(), List.of(), List.of());

    /** Copies the lists. */
    public Mailbox {
        inRecord = List.copyOf(new LinkedHashSet<>(inRecord));
        arrived = List.copyOf(arrived);
        queued = List.copyOf(new LinkedHashSet<>(queued));
    }

    /**
     * The record was read or written: what is new in it waits, and of what is not in it any more only that is left which
     * is kept here. What is done waits again when it stands there as part of another flow: it was asked for once more.
     *
     * @param commands all that stand in it, in order
     * @return the new mailbox
     */
    public Mailbox withRecord(Collection<Command> commands) {
        Set<Command> there = new LinkedHashSet<>(commands);
        Map<Command, Command> asItStands = there.stream().collect(Collectors.toMap(one -> one, one -> one));
        Map<Command, Standing> standings = new LinkedHashMap<>();
        for (ArrivedCommand entry : arrived) {
            Command now = asItStands.getOrDefault(entry.command(), entry.command());
            boolean sameFlow = now.findFlowId().equals(entry.command().findFlowId());
            boolean again = entry.standing() == Standing.DONE && !sameFlow;
            standings.put(now, again ? Standing.WAITING : entry.standing());
        }
        there.forEach(command -> standings.putIfAbsent(command, Standing.WAITING));
        return of(List.copyOf(there), standings);
    }

    /**
     * The record is gone, or nobody can read it any more: what waited in it is kept here.
     *
     * @return the new mailbox
     */
    public Mailbox withoutRecord() {
        Map<Command, Standing> standings = standings();
        standings.replaceAll((command, standing) -> standing == Standing.WAITING ? Standing.KEPT : standing);
        return of(List.of(), standings);
    }

    /**
     * Commands have come on. One that is not known yet is taken in, as part of another that stands in the record.
     *
     * @param changed their new standings, in order
     * @return the new mailbox
     */
    public Mailbox withStandings(Map<Command, Standing> changed) {
        Map<Command, Standing> standings = standings();
        standings.putAll(changed);
        return of(inRecord, standings);
    }

    /**
     * A command is to be sent; one that is queued already for a device is not queued again.
     *
     * @param devices the ids of the records that it is to be put into
     * @param command what to do there
     * @return the new mailbox
     */
    public Mailbox withQueued(Collection<String> devices, Command command) {
        List<QueuedCommand> all = new ArrayList<>(queued);
        devices.stream()
                .sorted()
                .map(device -> new QueuedCommand(device, command))
                .forEach(all::add);
        return new Mailbox(inRecord, arrived, all);
    }

    /**
     * Commands are on their way, or their devices are gone.
     *
     * @param gone what is not to be sent any more
     * @return the new mailbox
     */
    public Mailbox withoutQueued(Collection<QueuedCommand> gone) {
        List<QueuedCommand> left = new ArrayList<>(queued);
        left.removeAll(gone);
        return new Mailbox(inRecord, arrived, left);
    }

    /** {@return what need not stand in this device's record any longer, and still does} */
    public Set<Command> settled() {
        Map<Command, Standing> standings = standings();
        return inRecord.stream()
                .filter(command -> standings.getOrDefault(command, Standing.WAITING) != Standing.WAITING)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private Map<Command, Standing> standings() {
        Map<Command, Standing> standings = new LinkedHashMap<>();
        arrived.forEach(entry -> standings.put(entry.command(), entry.standing()));
        return standings;
    }

    private Mailbox of(List<Command> record, Map<Command, Standing> standings) {
        List<ArrivedCommand> left = new ArrayList<>();
        standings.forEach((command, standing) -> {
            if (standing == Standing.KEPT || record.contains(command)) {
                left.add(new ArrivedCommand(command, standing));
            }
        });
        return new Mailbox(record, left, queued);
    }
}
