// SPDX-License-Identifier: Apache-2.0
package io.heddle.manager.clients;

import io.heddle.engine.Command;
import io.heddle.manager.failure.SyncException;
import io.heddle.manager.state.Mailbox;
import io.heddle.manager.state.QueuedCommand;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is to be written to the clients collection: this device's record without the commands that are settled, and the
 * records of those devices to which commands are sent. It is made for one state of the collection, and made again when that
 * has changed.
 */
public final class Outbox {

    private static final Logger LOG = LoggerFactory.getLogger(Outbox.class);

    private final Clients found;
    private final long maxBytes;
    private final Map<String, ClientRecord> records = new LinkedHashMap<>();
    private final List<QueuedCommand> sent = new ArrayList<>();
    private final List<QueuedCommand> gone = new ArrayList<>();

    private Outbox(Clients found, long maxBytes) {
        this.found = found;
        this.maxBytes = maxBytes;
    }

    /** Puts together what is to be written. */
    static Outbox of(Clients found, Mailbox mailbox, ThisDevice device, boolean refresh, long maxBytes)
            throws SyncException.Malformed {
        Outbox outbox = new Outbox(found, maxBytes);
        outbox.putOwn(mailbox, device, refresh);
        mailbox.queued().forEach(outbox::put);
        return outbox;
    }

    /** {@return what the write brings to other devices} */
    public List<QueuedCommand> sent() {
        return List.copyOf(sent);
    }

    /** {@return what need not be queued any longer although it is not sent: it is there already, or its device is gone or its
     * record is refused} */
    public List<QueuedCommand> gone() {
        return List.copyOf(gone);
    }

    /** {@return whether there is nothing to write} */
    public boolean isEmpty() {
        return records.isEmpty();
    }

    /** {@return whether this device's record is among what is written} */
    public boolean refreshesOwn() {
        return records.containsKey(found.ownId());
    }

    /** The records by id, this device's first. */
    Map<String, ClientRecord> records() {
        return records;
    }

    Clients found() {
        return found;
    }

    /** Of what was to be written these records alone are; what was meant for the others is given up. */
    void keep(Set<String> written) {
        records.keySet().retainAll(written);
        List<QueuedCommand> refused =
                sent.stream().filter(one -> !written.contains(one.device())).toList();
        refused.forEach(one -> LOG.warn("{} is not sent to {}", one.command(), one.device()));
        sent.removeAll(refused);
        gone.addAll(refused);
    }

    private void putOwn(Mailbox mailbox, ThisDevice device, boolean refresh) throws SyncException.Malformed {
        ClientRecord before = found.own().orElseGet(() -> ClientRecord.empty(device.id()));
        ClientRecord after = mailbox.settled().isEmpty() ? before : before.without(mailbox.settled());
        after = after.describing(device).ownFitting(maxBytes);
        if (refresh || !after.equals(before)) {
            records.put(device.id(), after);
        }
    }

    private void put(QueuedCommand queued) {
        Optional<ClientRecord> before =
                Optional.ofNullable(records.get(queued.device())).or(() -> found.find(queued.device()));
        if (before.isEmpty()) {
            LOG.warn("{} is not sent: clients/{} is gone", queued.command(), queued.device());
            gone.add(queued);
            return;
        }
        List<Command> there = before.get().commands();
        if (there.stream().anyMatch(command -> isSameWish(command, queued.command()))) {
            gone.add(queued);
            return;
        }
        // What this write brings, or relies on being there, must not give way to what comes later.
        List<Command> wanted = Stream.concat(Stream.of(queued), Stream.concat(sent.stream(), gone.stream()))
                .filter(one -> one.device().equals(queued.device()))
                .map(QueuedCommand::command)
                .toList();
        Optional<ClientRecord> after = before.get()
                .with(queued.command())
                .fitting(maxBytes)
                .filter(record -> record.commands().containsAll(wanted));
        if (after.isPresent()) {
            records.put(queued.device(), after.get());
            sent.add(queued);
        } else {
            LOG.warn("{} waits: clients/{} has no room for it", queued.command(), queued.device());
        }
    }

    /** One from another flow may be carried out already, and its device only waiting to take it out of the record. */
    private static boolean isSameWish(Command one, Command other) {
        return one.equals(other) && one.findFlowId().equals(other.findFlowId());
    }
}
