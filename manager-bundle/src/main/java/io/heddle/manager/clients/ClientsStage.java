// SPDX-License-Identifier: Apache-2.0
package io.heddle.manager.clients;

import io.heddle.api.Device;
import io.heddle.engine.GlobalConfig;
import io.heddle.engine.ServerTimestamp;
import io.heddle.manager.crypto.OpenedRecord;
import io.heddle.manager.crypto.RecordCodec;
import io.heddle.manager.crypto.RecordRejectedException;
import io.heddle.manager.crypto.RecordRejectedException.Reason;
import io.heddle.manager.failure.EngineFailure;
import io.heddle.manager.failure.SyncException;
import io.heddle.manager.state.AccountState;
import io.heddle.manager.storage.StorageClient;
import io.heddle.manager.storage.StorageRoute;
import io.heddle.manager.storage.Waiting;
import io.heddle.manager.storage.http.HttpReply;
import io.heddle.manager.storage.transfer.CollectionDownload;
import io.heddle.manager.storage.transfer.CollectionUpload;
import io.heddle.manager.storage.transfer.UploadLimits;
import io.heddle.manager.storage.transfer.UploadListener;
import io.heddle.manager.wire.Bso;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads and writes the clients collection: who else is on the account, and what the devices tell each other to do.
 *
 * <p><b>Threading:</b> for one thread at a time.
 */
public final class ClientsStage {

    /** The collection's name. */
    public static final String COLLECTION = "clients";

    private static final Logger LOG = LoggerFactory.getLogger(ClientsStage.class);
    private static final StorageRoute KEYS = StorageRoute.record("crypto", "keys");
    private static final Pattern DEVICE_ID = Pattern.compile("[A-Za-z0-9_-]{1,64}");
    private static final Duration REFRESH_AFTER = Duration.ofDays(7);
    private static final int TTL_SECONDS = 180 * 86_400;
    private static final long LARGEST_PAYLOAD = 512L * 1024;

    private final StorageClient storage;
    private final GlobalConfig config;
    private final ThisDevice thisDevice;
    private final Predicate<String> keysAreSealedIn;

    /**
     * Makes a stage.
     *
     * @param storage sends requests
     * @param config the server's limits
     * @param thisDevice how this device describes itself
     * @param keysAreSealedIn tells whether the payload of a crypto/keys is that of the keys in use
     */
    public ClientsStage(
            StorageClient storage, GlobalConfig config, ThisDevice thisDevice, Predicate<String> keysAreSealedIn) {
        this.storage = storage;
        this.config = config;
        this.thisDevice = thisDevice;
        this.keysAreSealedIn = keysAreSealedIn;
    }

    /**
     * Tells whether this device's record is missing, a week old or not as it should be.
     *
     * @param known what is known of the account
     * @param now this device's time
     * @return whether it is to be written
     */
    public boolean isRefreshDue(AccountState known, Instant now) {
        boolean old = known.clientUploadedAt().isEmpty()
                || known.clientUploadedAt().get().plus(REFRESH_AFTER).isBefore(now);
        Device described = ClientRecord.empty(thisDevice.id())
                .describing(thisDevice)
                .toDevice(Optional.empty())
                .build();
        return old
                || known.devices().stream().noneMatch(device -> device.isThisDevice() && saysSame(device, described));
    }

    private static boolean saysSame(Device one, Device other) {
        // The name in the record may have been cut to fit.
        boolean sameName = one.name().length() < ClientRecord.SHORT_NAME
                ? one.name().equals(other.name())
                : other.name().startsWith(one.name());
        return sameName
                && one.findType().equals(other.findType())
                && one.findApplication().equals(other.findApplication())
                && one.findFxaDeviceId().equals(other.findFxaDeviceId())
                && one.protocols().equals(other.protocols());
    }

    /**
     * Reads the collection. A record of another device that was sealed with other keys is deleted, for nobody can read it;
     * any other that is not understood is left alone.
     *
     * @param stored whether the server has the collection
     * @param codec opens records
     * @param serverNow the server's time
     * @return what is there
     * @throws SyncException.KeysChanged when a record does not open and crypto/keys is not what it was
     * @throws SyncException when a request failed
     */
    public Clients read(boolean stored, RecordCodec codec, Instant serverNow) throws SyncException {
        Map<String, Clients.Entry> entries = new LinkedHashMap<>();
        List<String> sealedOtherwise = new ArrayList<>();
        ServerTimestamp modified = ServerTimestamp.ZERO;
        if (stored) {
            try (CollectionDownload download = CollectionDownload.open(storage, COLLECTION, ServerTimestamp.ZERO)) {
                while (download.hasNext()) {
                    Bso bso = download.next();
                    read(bso, codec, sealedOtherwise)
                            .ifPresent(record -> entries.put(bso.id(), new Clients.Entry(record, bso.modified())));
                }
                modified = download.lastModified();
            }
        }
        if (!sealedOtherwise.isEmpty()) {
            requireUnchangedKeys();
            for (String id : sealedOtherwise) {
                // This device's own is written anew, and an odd id can't be relied upon in an address.
                if (!id.equals(thisDevice.id()) && DEVICE_ID.matcher(id).matches()) {
                    delete(id, modified);
                }
            }
        }
        return new Clients(thisDevice.id(), entries, modified, serverNow);
    }

    private static Optional<ClientRecord> read(Bso bso, RecordCodec codec, List<String> sealedOtherwise) {
        try {
            OpenedRecord opened = codec.open(bso);
            return opened.deleted() ? Optional.empty() : Optional.of(ClientRecord.parse(bso.id(), opened.json()));
        } catch (RecordRejectedException e) {
            if (e.reason() == Reason.HMAC) {
                sealedOtherwise.add(bso.id());
            } else {
                LOG.warn("clients/{} is left alone: {}", bso.id(), e.getMessage());
            }
        } catch (SyncException.Malformed e) {
            LOG.warn("clients/{} is left alone: {}", bso.id(), e.getMessage());
        }
        return Optional.empty();
    }

    private void requireUnchangedKeys() throws SyncException {
        HttpReply reply = Waiting.on(storage.get(KEYS), "GET " + KEYS);
        if (reply.status() != 200
                || !keysAreSealedIn.test(Bso.parse(reply.body()).payload())) {
            throw new SyncException.KeysChanged();
        }
    }

    /**
     * Guarded: its device may just have written it anew. What the collection's state is then does not count as read: others
     * may have written in between.
     */
    private void delete(String id, ServerTimestamp seen) throws SyncException {
        StorageRoute route = StorageRoute.record(COLLECTION, id);
        LOG.warn("clients/{} was sealed with other keys and is deleted", id);
        try {
            Waiting.on(storage.write("DELETE", route, seen, Optional.empty()), "DELETE " + route);
        } catch (SyncException.Conflict e) {
            LOG.info("{}: left for the next sync", e.getMessage());
        }
    }

    /**
     * Puts together what is to be written.
     *
     * @param found the collection as it is
     * @param known what is known of the account, its commands among it
     * @param now this device's time
     * @return this device's record if there is a reason, and those to which commands are sent
     * @throws SyncException.Malformed when this device's record does not fit the server's limits
     */
    public Outbox outbox(Clients found, AccountState known, Instant now) throws SyncException.Malformed {
        GlobalConfig limits = config.maxRecordPayloadBytes() <= LARGEST_PAYLOAD
                ? config
                : GlobalConfig.builder()
                        .maxPostBytes(config.maxPostBytes())
                        .maxRequestBytes(config.maxRequestBytes())
                        .maxRecordPayloadBytes(LARGEST_PAYLOAD)
                        .build();
        return Outbox.of(found, known.mailbox(), thisDevice, isRefreshDue(known, now), limits.maxCleartextBytes());
    }

    /**
     * Writes all of it at once. A record of another device that the server does not take leaves the outbox, and what was
     * meant for it is not sent any more.
     *
     * @param outbox what to write; afterwards, what was written
     * @param codec seals records
     * @return the collection as it is now
     * @throws SyncException.Conflict when another device has written to it since it was read
     * @throws SyncException when a request failed, or the server did not take this device's record
     */
    public Clients write(Outbox outbox, RecordCodec codec) throws SyncException {
        Written written = new Written();
        try (CollectionUpload upload = new CollectionUpload(
                storage, new UploadLimits(config), COLLECTION, outbox.found().modified(), written)) {
            for (ClientRecord record : outbox.records().values()) {
                // Of another device's record the life is not prolonged.
                boolean own = record.id().equals(thisDevice.id());
                OptionalInt ttl = own ? OptionalInt.of(TTL_SECONDS) : OptionalInt.empty();
                upload.add(record.id(), codec.seal(record.id(), record.toJson()), OptionalInt.empty(), ttl);
            }
            upload.commit();
        } catch (RecordRejectedException e) {
            throw new SyncException.Malformed("clients: " + e.getMessage());
        } catch (EngineFailure e) {
            throw new IllegalStateException("there is no engine here that could fail", e);
        }
        if (outbox.refreshesOwn() && !written.taken.contains(thisDevice.id())) {
            throw new SyncException.Malformed("clients: " + written.complaint);
        }
        outbox.keep(written.taken);
        return written.at.map(at -> outbox.found().with(outbox.records(), at)).orElse(outbox.found());
    }

    /** What becomes of the records that are uploaded here. */
    private final class Written implements UploadListener {
        private final Set<String> taken = new HashSet<>();
        private Optional<ServerTimestamp> at = Optional.empty();
        private String complaint = "";

        @Override
        public void committed(Set<String> ids, ServerTimestamp lastModified) {
            taken.addAll(ids);
            at = Optional.of(lastModified);
        }

        @Override
        public void notTaken(String id, String why) {
            LOG.warn("clients/{} was not taken: {}", id, why);
            if (id.equals(thisDevice.id())) {
                complaint = id + " was not taken: " + why;
            }
        }
    }
}
