// SPDX-License-Identifier: Apache-2.0
package io.heddle.manager.engines.run;

import io.heddle.engine.KeyBundle;
import io.heddle.manager.crypto.OpenedRecord;
import io.heddle.manager.crypto.RecordCodec;
import io.heddle.manager.crypto.RecordRejectedException;
import io.heddle.manager.crypto.RecordRejectedException.Reason;
import io.heddle.manager.engines.RunContext;
import io.heddle.manager.failure.SyncException;
import io.heddle.manager.storage.StorageRoute;
import io.heddle.manager.storage.Waiting;
import io.heddle.manager.storage.http.HttpReply;
import io.heddle.manager.wire.Bso;
import io.heddle.manager.wire.SealedPayload;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * What one run seals and opens records with. A record that fails its HMAC is worth one look at crypto/keys for each
 * collection: when another record is there, nothing more may be opened or sealed with these keys, and the flow decides
 * again; else that record, and whatever other one does not open, is set aside.
 */
final class RecordKeys {

    private static final StorageRoute KEYS = StorageRoute.record("crypto", "keys");

    private final RunContext context;
    private final RunScope scope;
    private final Map<String, RecordCodec> codecs = new HashMap<>();
    private final Set<String> doubted = new HashSet<>();

    RecordKeys(RunContext context, RunScope scope) {
        this.context = context;
        this.scope = scope;
    }

    OpenedRecord open(String collection, Bso bso) throws RecordRejectedException, SyncException {
        try {
            return codec(collection).open(bso);
        } catch (RecordRejectedException e) {
            if (e.reason() == Reason.HMAC && doubted.add(collection)) {
                requireUnchanged();
            }
            throw e;
        }
    }

    SealedPayload seal(String collection, String id, String json) throws RecordRejectedException, SyncException {
        return codec(collection).seal(id, json);
    }

    private void requireUnchanged() throws SyncException {
        HttpReply reply = Waiting.on(context.storage().get(KEYS), "GET " + KEYS);
        boolean unchanged = reply.status() == 200
                && context.keys().areSealedIn(Bso.parse(reply.body()).payload());
        if (!unchanged) {
            throw new SyncException.KeysChanged();
        }
    }

    private RecordCodec codec(String collection) throws SyncException {
        RecordCodec codec = codecs.get(collection);
        if (codec == null) {
            try (KeyBundle keys = context.keys().keysFor(collection)) {
                codec = new RecordCodec(keys);
            }
            scope.own(codec::close);
            codecs.put(collection, codec);
        }
        return codec;
    }
}
