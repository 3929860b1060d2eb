// SPDX-License-Identifier: Apache-2.0
package io.heddle.manager.clients;

import io.heddle.api.Device;
import io.heddle.engine.Command;
import io.heddle.engine.ServerTimestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The clients collection as it was read, or as this device has written it since. Immutable. */
public final class Clients {

    private static final Duration STALE_AFTER = Duration.ofDays(21);
    /** Every device writes its record weekly: an older one of the same name was given up. */
    private static final Duration GIVEN_UP_AFTER = Duration.ofDays(7);

    /** A record, and when it was written. */
    record Entry(ClientRecord record, Optional<ServerTimestamp> modified) {}

    private final String ownId;
    private final Map<String, Entry> entries;
    private final ServerTimestamp modified;
    private final Instant serverNow;

    Clients(String ownId, Map<String, Entry> entries, ServerTimestamp modified, Instant serverNow) {
        this.ownId = ownId;
        this.entries = new LinkedHashMap<>(entries);
        this.modified = modified;
        this.serverNow = serverNow;
    }

    /** {@return the state of the collection} */
    public ServerTimestamp modified() {
        return modified;
    }

    /** {@return the commands in this device's record, in order and each once} */
    public List<Command> ownCommands() {
        return own().map(ClientRecord::commands).orElse(List.of());
    }

    /** {@return all devices, this one first if it has a record; with marks of those that are hardly there any more} */
    public List<Device> devices() {
        List<Device> devices = new ArrayList<>();
        Set<String> names = new HashSet<>();
        Set<String> accountIds = new HashSet<>();
        List<Entry> youngestFirst = entries.values().stream()
                .sorted(Comparator.comparing((Entry entry) -> !isOwn(entry))
                        .thenComparing(Clients::writtenAt, Comparator.reverseOrder()))
                .toList();
        for (Entry entry : youngestFirst) {
            Device.Builder device = entry.record().toDevice(entry.modified());
            Device plain = device.build();
            boolean sameDevice =
                    plain.findFxaDeviceId().filter(id -> !accountIds.add(id)).isPresent();
            boolean sameName = !names.add(plain.name() + '\n' + plain.findType().orElse(""));
            if (isOwn(entry)) {
                device.thisDevice();
            } else if (sameDevice || (sameName && isOlderThan(GIVEN_UP_AFTER, entry))) {
                device.duplicate();
            }
            if (isOlderThan(STALE_AFTER, entry)) {
                device.stale();
            }
            devices.add(device.build());
        }
        return devices;
    }

    String ownId() {
        return ownId;
    }

    Optional<ClientRecord> own() {
        return find(ownId);
    }

    Optional<ClientRecord> find(String id) {
        return Optional.ofNullable(entries.get(id)).map(Entry::record);
    }

    /** The same after a write. */
    Clients with(Map<String, ClientRecord> written, ServerTimestamp at) {
        Map<String, Entry> after = new LinkedHashMap<>(entries);
        written.forEach((id, record) -> after.put(id, new Entry(record, Optional.of(at))));
        return new Clients(ownId, after, at, serverNow);
    }

    private boolean isOwn(Entry entry) {
        return entry.record().id().equals(ownId);
    }

    private boolean isOlderThan(Duration age, Entry entry) {
        return writtenAt(entry).plus(age).isBefore(serverNow);
    }

    private static Instant writtenAt(Entry entry) {
        return entry.modified().map(ServerTimestamp::toInstant).orElse(Instant.EPOCH);
    }
}
