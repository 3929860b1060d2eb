// SPDX-License-Identifier: Apache-2.0
package io.heddle.benchmarks.endtoend;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.heddle.benchmarks.endtoend.server.KilobyteRecord;
import io.heddle.benchmarks.endtoend.server.RemoteAccount;
import io.heddle.engine.KeyBundle;
import io.heddle.manager.crypto.KeyBundles;
import io.heddle.manager.crypto.RecordCodec;
import io.heddle.manager.storage.http.HttpReply;
import io.heddle.manager.wire.BsoWriter;
import io.heddle.manager.wire.bulk.AsciiBuffer;
import java.io.PrintStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;

/**
 * A first upload, from nothing to the last commit, against nothing but the POSTs: bodies of the same size, made beforehand,
 * in the same batches, one after the other over one connection.
 */
final class FirstUpload {

    private static final String COLLECTION = "things0";
    private static final int POST_RECORDS = 100;
    private static final int BATCH_POSTS = 100;

    private final PrintStream out;
    private final TestBed bed;

    FirstUpload(PrintStream out, TestBed bed) {
        this.out = out;
        this.bed = bed;
    }

    void measure(int records, int rounds) throws Exception {
        List<byte[]> bodies = bodies(records);
        Rounds all = new Rounds();
        // The first round is there to warm up both processes.
        for (int round = 0; round <= rounds; round++) {
            double early = round % 2 == 0 ? 0 : bare(bodies);
            double manager = byManager(records, bodies.size());
            double bare = round % 2 == 0 ? bare(bodies) : early;
            if (round > 0) {
                all.add(manager, bare);
            }
        }
        Rounds.header(out, "manager's speed / bare speed");
        all.printSpeeds(out, String.format(Locale.ROOT, "first upload of %,d records", records), "at least 0.8");
    }

    private double byManager(int records, int posts) throws Exception {
        try (SyncingDevice sender = bed.device(bed.server().newAccount(), 1, records)) {
            Measured measured = bed.measure(sender::sync);
            TestBed.require("uploaded", records, sender.uploaded());
            TestBed.require("posted", posts, (int) measured.log().requests().stream()
                    .filter(request ->
                            request.method().equals("POST") && request.path().contains("/" + COLLECTION))
                    .count());
            return measured.seconds();
        }
    }

    private double bare(List<byte[]> bodies) throws Exception {
        RemoteAccount account = bed.server().newAccount();
        try (BareClient client = new BareClient(account)) {
            return bed.measure(() -> post(client, bodies)).seconds();
        }
    }

    private static void post(BareClient client, List<byte[]> bodies) {
        client.signIn();
        String batch = "true";
        for (int i = 0; i < bodies.size(); i++) {
            boolean commit = i % BATCH_POSTS == BATCH_POSTS - 1 || i == bodies.size() - 1;
            String path = client.path(COLLECTION + "?batch=" + batch + (commit ? "&commit=true" : ""));
            HttpReply reply = client.send("POST", path, bodies.get(i));
            JsonObject answer = JsonParser.parseString(reply.body()).getAsJsonObject();
            if (!answer.getAsJsonObject("failed").isEmpty()) {
                throw new IllegalStateException("the server refused records of a bare POST");
            }
            batch = commit ? "true" : batchOf(answer);
        }
    }

    private static String batchOf(JsonObject answer) {
        return URLEncoder.encode(answer.get("batch").getAsString(), StandardCharsets.UTF_8);
    }

    private static List<byte[]> bodies(int records) throws Exception {
        KeyBundle keys = KeyBundles.random();
        try (RecordCodec codec = new RecordCodec(keys)) {
            List<byte[]> bodies = new ArrayList<>();
            for (int first = 0; first < records; first += POST_RECORDS) {
                AsciiBuffer body = new AsciiBuffer();
                for (int i = first; i < Math.min(first + POST_RECORDS, records); i++) {
                    String id = KilobyteRecord.id(i);
                    body.append(i == first ? '[' : ',');
                    BsoWriter.append(
                            body, id, codec.seal(id, KilobyteRecord.json(i)), OptionalInt.empty(), OptionalInt.empty());
                }
                bodies.add(body.append(']').toBytes());
            }
            return bodies;
        } finally {
            keys.destroy();
        }
    }
}
