// SPDX-License-Identifier: Apache-2.0
package io.heddle.manager.clients;

import io.heddle.api.Device;
import io.heddle.engine.GlobalConfig;
import io.heddle.engine.KeyBundle;
import io.heddle.engine.ServerTimestamp;
import io.heddle.manager.crypto.RecordCodec;
import io.heddle.manager.crypto.RecordRejectedException;
import io.heddle.manager.failure.EngineFailure;
import io.heddle.manager.failure.SyncException;
import io.heddle.manager.state.AccountState;
import io.heddle.manager.storage.StorageClient;
import io.heddle.manager.storage.transfer.CollectionDownload;
import io.heddle.manager.storage.transfer.CollectionUpload;
import io.heddle.manager.storage.transfer.UploadLimits;
import io.heddle.manager.storage.transfer.UploadListener;
import io.heddle.manager.wire.Bso;
import io.heddle.manager.wire.SealedPayload;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads who else is on the account, and keeps this device's own record fresh. Both only when there is a reason: another
 * device wrote, this device changed, or a week has passed.
 *
 * <p><b>Threading:</b> for one thread.
 */
public final class ClientsStage {

    /** The collection's name. */
    public static final String COLLECTION = "clients";

    private static final Logger LOG = LoggerFactory.getLogger(ClientsStage.class);
    private static final Duration REFRESH_AFTER = Duration.ofDays(7);
    private static final int TTL_SECONDS = 180 * 86_400;
    private static final int ATTEMPTS = 3;

    private final StorageClient storage;
    private final GlobalConfig config;
    private final ThisDevice thisDevice;

    /**
     * What the collection was found or made to be.
     *
     * @param devices this one first
     * @param modified the collection's state
     * @param uploaded whether this device's record was written
     */
    public record Clients(List<Device> devices, ServerTimestamp modified, boolean uploaded) {}

    /**
     * Makes a stage.
     *
     * @param storage sends requests
     * @param config the server's limits
     * @param thisDevice how this device describes itself
     */
    public ClientsStage(StorageClient storage, GlobalConfig config, ThisDevice thisDevice) {
        this.storage = storage;
        this.config = config;
        this.thisDevice = thisDevice;
    }

    /**
     * Tells whether there is anything to do.
     *
     * @param known what was known after the last sync
     * @param lastModified what info/collections says of the collection
     * @param now this device's time
     * @return whether {@link #sync} is to be called
     */
    public boolean isDue(AccountState known, ServerTimestamp lastModified, Instant now) {
        boolean changed = !known.clientsModified().equals(lastModified);
        boolean renamed = known.devices().stream()
                .noneMatch(device -> device.isThisDevice() && device.name().equals(thisDevice.name()));
        return changed || isStale(known, now) || renamed;
    }

    /**
     * Reads the collection, and writes this device's record when it is missing, old or not as it should be.
     *
     * @param known what was known after the last sync
     * @param lastModified what info/collections says of the collection
     * @param keys the collection's keys
     * @param now this device's time
     * @return what is known now
     * @throws SyncException when a request failed
     */
    public Clients sync(AccountState known, ServerTimestamp lastModified, KeyBundle keys, Instant now)
            throws SyncException {
        boolean stored = lastModified.isAfter(ServerTimestamp.ZERO);
        try (RecordCodec codec = new RecordCodec(keys)) {
            for (int attempt = 1; ; attempt++) {
                try {
                    return syncOnce(stored, codec, isStale(known, now));
                } catch (SyncException.Conflict e) {
                    if (attempt == ATTEMPTS) {
                        throw e;
                    }
                    // Another device wrote in between: now there is something to read.
                    stored = true;
                }
            }
        }
    }

    private static boolean isStale(AccountState known, Instant now) {
        return known.clientUploadedAt().isEmpty()
                || known.clientUploadedAt().get().plus(REFRESH_AFTER).isBefore(now);
    }

    private Clients syncOnce(boolean stored, RecordCodec codec, boolean stale) throws SyncException {
        List<Device> others = new ArrayList<>();
        ClientRecord own = ClientRecord.empty(thisDevice.id());
        Optional<ServerTimestamp> ownModified = Optional.empty();
        ServerTimestamp modified = ServerTimestamp.ZERO;
        if (stored) {
            try (CollectionDownload download = CollectionDownload.open(storage, COLLECTION, ServerTimestamp.ZERO)) {
                while (download.hasNext()) {
                    Bso bso = download.next();
                    Optional<ClientRecord> record = read(bso, codec);
                    if (record.isPresent() && bso.id().equals(thisDevice.id())) {
                        own = record.get();
                        ownModified = bso.modified();
                    } else {
                        record.ifPresent(client -> others.add(client.toDevice(bso.modified(), false)));
                    }
                }
                modified = download.lastModified();
            }
        }
        boolean upload = stale || !own.describes(thisDevice);
        if (upload) {
            own = own.describing(thisDevice);
            modified = write(own, modified, codec);
            ownModified = Optional.of(modified);
        }
        List<Device> devices = new ArrayList<>();
        devices.add(own.toDevice(ownModified, true));
        devices.addAll(others);
        return new Clients(List.copyOf(devices), modified, upload);
    }

    /** A record that can't be read is somebody else's trouble: it is left alone. */
    private static Optional<ClientRecord> read(Bso bso, RecordCodec codec) {
        try {
            var opened = codec.open(bso);
            return opened.deleted() ? Optional.empty() : Optional.of(ClientRecord.parse(bso.id(), opened.json()));
        } catch (RecordRejectedException | SyncException.Malformed e) {
            LOG.warn("clients/{} is left alone: {}", bso.id(), e.getMessage());
            return Optional.empty();
        }
    }

    private ServerTimestamp write(ClientRecord record, ServerTimestamp seen, RecordCodec codec) throws SyncException {
        Written written = new Written();
        try (CollectionUpload upload =
                new CollectionUpload(storage, new UploadLimits(config), COLLECTION, seen, written)) {
            SealedPayload payload = codec.seal(record.id(), record.toJson());
            upload.add(record.id(), payload, OptionalInt.empty(), OptionalInt.of(TTL_SECONDS));
            upload.commit();
        } catch (RecordRejectedException e) {
            throw new SyncException.Malformed("clients/" + record.id() + ": " + e.getMessage());
        } catch (EngineFailure e) {
            throw new IllegalStateException("there is no engine here that could fail", e);
        }
        if (written.at.isEmpty() || !written.complaint.isEmpty()) {
            throw new SyncException.Malformed("clients/" + record.id() + ": " + written.complaint);
        }
        return written.at.get();
    }

    /** What becomes of the one record that is uploaded here. */
    private static final class Written implements UploadListener {
        private Optional<ServerTimestamp> at = Optional.empty();
        private String complaint = "";

        @Override
        public void committed(Set<String> ids, ServerTimestamp lastModified) {
            at = Optional.of(lastModified);
        }

        @Override
        public void notTaken(String id, String why) {
            complaint = why;
        }
    }
}
