// SPDX-License-Identifier: Apache-2.0
package io.heddle.benchmarks.endtoend;

import io.heddle.benchmarks.endtoend.server.RemoteAccount;
import io.heddle.benchmarks.endtoend.server.RequestLog;
import io.heddle.manager.storage.http.HttpReply;
import java.io.PrintStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/** What the order of requests is worth when each takes long. */
final class RoundTrips {

    private static final int PAGE = 1_000;
    private static final int RECORDS_OF_AN_ENGINE = 10;

    private final PrintStream out;
    private final TestBed bed;
    private final Duration roundTrip;

    RoundTrips(PrintStream out, TestBed bed, Duration roundTrip) {
        this.out = out;
        this.bed = bed;
        this.roundTrip = roundTrip;
    }

    /** A join's download, opened and handed to the engine, against its bytes alone, page after page. */
    void pages(int records, int rounds) throws Exception {
        RemoteAccount account = bed.server().newAccount();
        try (SyncingDevice sender = bed.device(account, 1, records)) {
            sender.sync();
        }
        Rounds downloads = new Rounds();
        Rounds joins = new Rounds();
        for (int round = 0; round <= rounds; round++) {
            try (SyncingDevice receiver = bed.device(account, 1, 0);
                    BareClient client = new BareClient(account)) {
                double join = bed.measure(roundTrip, receiver::sync).seconds();
                TestBed.require("received", records, receiver.received());
                client.signIn();
                double bare =
                        bed.measure(roundTrip, () -> page(client, records)).seconds();
                if (round > 0) {
                    downloads.add(receiver.engines.get(0).downloadNanos() / 1e9, bare);
                    joins.add(join, bare);
                }
            }
        }
        String against = String.format(Locale.ROOT, "%,d records / pages of 1,000", records);
        Rounds.header(out, "manager / bare");
        downloads.printTimes(out, "download of " + against, "at most 0.2");
        joins.printTimes(out, "whole join of " + against, "");
    }

    private static void page(BareClient client, int records) {
        Optional<String> offset = Optional.empty();
        int received = 0;
        for (int page = 0; page < (records + PAGE - 1) / PAGE; page++) {
            String path = "things0?full=1&sort=oldest&limit=" + PAGE
                    + offset.map(o -> "&offset=" + URLEncoder.encode(o, StandardCharsets.UTF_8))
                            .orElse("");
            HttpReply reply = client.get(client.path(path));
            offset = reply.head().findHeader("X-Weave-Next-Offset");
            received +=
                    Integer.parseInt(reply.head().findHeader("X-Weave-Records").orElseThrow());
        }
        TestBed.require("in pages", records, received);
    }

    /** A join over cold connections, against the very requests of that join one after the other, over cold ones too. */
    void order(int engines, int rounds, String protocol, String target) throws Exception {
        Rounds all = new Rounds();
        for (int round = 0; round <= rounds; round++) {
            RemoteAccount account = bed.server().newAccount();
            try (SyncingDevice sender = bed.device(account, engines, engines * RECORDS_OF_AN_ENGINE);
                    SyncingDevice receiver = bed.device(account, engines, 0);
                    BareClient client = new BareClient(account)) {
                sender.sync();
                Measured join = bed.measure(roundTrip, receiver::sync);
                TestBed.require("received", engines * RECORDS_OF_AN_ENGINE, receiver.received());
                double bare =
                        bed.measure(roundTrip, () -> replay(client, join.log())).seconds();
                if (round > 0) {
                    all.add(join.seconds(), bare);
                }
                if (round == rounds) {
                    String what = String.format(
                            Locale.ROOT,
                            "join with %d engines over %s: %d requests, %d deep",
                            engines,
                            protocol,
                            join.requests(),
                            join.log().depth());
                    all.printTimes(out, what, target);
                }
            }
        }
    }

    private static void replay(BareClient client, RequestLog log) {
        for (RequestLog.Entry request : log.requests()) {
            if (BareClient.isTokenRequest(request.path())) {
                client.signIn();
            } else if (request.method().equals("GET")) {
                client.look(request.path());
            } else {
                client.send(request.method(), request.path(), body(request));
            }
        }
    }

    /** Something of the same size. */
    private static byte[] body(RequestLog.Entry request) {
        String payload = "\"payload\":\"" + "x".repeat(request.bodyBytes()) + "\"}";
        String json = request.method().equals("POST") ? "[{\"id\":\"replayed\"," + payload + "]" : "{" + payload;
        return json.getBytes(StandardCharsets.US_ASCII);
    }
}
