// SPDX-License-Identifier: Apache-2.0
package io.heddle.server.testing;

import io.heddle.server.SyncServer;
import io.heddle.server.bso.Bso;
import io.heddle.server.bso.BsoChange;
import io.heddle.server.bso.BsoQuery;
import io.heddle.server.bso.Timestamp;
import io.heddle.server.database.Database;
import io.heddle.server.token.Accounts;
import io.heddle.server.token.KeyId;
import io.heddle.server.token.StorageUser;
import io.heddle.server.token.TokenRefusal;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;

/**
 * A running token and storage server for tests. Everything that a device does over HTTP can also be done here directly, as
 * "another device" would, without a request in the log.
 *
 * <p><b>Threading:</b> any thread.
 */
public final class TestServer implements AutoCloseable {
    private final ShiftingClock clock;
    private final Database database;
    private final SyncServer server;
    private final Traffic traffic;
    private final EmbeddedJetty jetty;
    private final boolean tls;
    private final AtomicInteger nodes = new AtomicInteger(1);

    TestServer(TestServerBuilder wishes) {
        clock = new ShiftingClock(wishes.clockOffset());
        database = wishes.database().map(Database::open).orElseGet(Database::inMemory);
        server = new SyncServer(database, wishes.settings(), clock);
        traffic = new Traffic(wishes.latency());
        tls = wishes.isTls();
        jetty = new EmbeddedJetty(
                wishes, traffic, Map.of("/1.0/*", server.tokenServlet(), "/1.5/*", server.storageServlet()));
        jetty.start();
    }

    /**
     * Starts a server with the defaults of {@link TestServerBuilder}.
     *
     * @return the running server
     */
    public static TestServer start() {
        return builder().start();
    }

    /**
     * Begins to describe a server.
     *
     * @return the builder
     */
    public static TestServerBuilder builder() {
        return new TestServerBuilder();
    }

    /**
     * The token server's address.
     *
     * @return without the path of the application and its version
     */
    public URI tokenServer() {
        return URI.create((tls ? "https" : "http") + "://127.0.0.1:" + jetty.port());
    }

    /**
     * What a client of an https server needs.
     *
     * @return a context that trusts this server's certificate
     */
    public SSLContext clientSslContext() {
        return TestTls.clientContext();
    }

    /**
     * Makes an account with random keys.
     *
     * @return the account, which has no storage until its first token request
     */
    public TestAccount newAccount() {
        long accountId = server.accounts().create();
        String token = TestAccount.randomToken();
        server.accounts().addToken(accountId, token, 0);
        return TestAccount.random(accountId, token, clock.millis());
    }

    /**
     * Makes an account with certain keys.
     *
     * @param syncKey 64 bytes
     * @param keyId the {@code X-KeyID} that goes with them
     * @return the account
     */
    public TestAccount newAccount(byte[] syncKey, String keyId) {
        long accountId = server.accounts().create();
        String token = TestAccount.randomToken();
        server.accounts().addToken(accountId, token, 0);
        return new TestAccount(accountId, token, syncKey, KeyId.parse(keyId).orElseThrow());
    }

    /**
     * Issues another access token.
     *
     * @param account for this account
     * @return the token
     */
    public String issueAccessToken(TestAccount account) {
        return issueAccessToken(account, 0);
    }

    /**
     * Issues an access token after a password change.
     *
     * @param account for this account
     * @param generation counts the password changes; when a token of a higher one was used, lower ones are refused
     * @return the token
     */
    public String issueAccessToken(TestAccount account, long generation) {
        String token = TestAccount.randomToken();
        server.accounts().addToken(account.accountId(), token, generation);
        return token;
    }

    /**
     * Makes an access token worthless.
     *
     * @param accessToken the token
     */
    public void revokeAccessToken(String accessToken) {
        server.accounts().revokeToken(accessToken);
    }

    /**
     * Begins a fault.
     *
     * @param method GET, PUT, …, or {@code *}
     * @param pathEnd how the path ends, without the query
     * @return the fault, which needs to be told what to do
     */
    public Fault on(String method, String pathEnd) {
        Fault fault = new Fault(method, path -> path.endsWith(pathEnd));
        traffic.add(fault);
        return fault;
    }

    /**
     * Begins a fault for paths that a pattern is found in.
     *
     * @param method GET, PUT, …, or {@code *}
     * @param path the pattern, for the path without the query
     * @return the fault, which needs to be told what to do
     */
    public Fault onMatching(String method, Pattern path) {
        Fault fault = new Fault(method, path.asPredicate());
        traffic.add(fault);
        return fault;
    }

    /** Ends all faults. */
    public void clearFaults() {
        traffic.clearFaults();
    }

    /**
     * Changes the time that every request takes at least.
     *
     * @param roundTrip the time
     */
    public void setLatency(Duration roundTrip) {
        traffic.setLatency(roundTrip);
    }

    /**
     * The requests that were answered.
     *
     * @return in the order in which they arrived
     */
    public List<RecordedRequest> requests() {
        return traffic.requests();
    }

    /** Forgets the requests so far. */
    public void clearRequests() {
        traffic.clearRequests();
    }

    /**
     * Ends the life of all storage tokens that an account holds.
     *
     * @param account the account
     */
    public void expireTokens(TestAccount account) {
        server.users().expireTokens(account.accountId());
    }

    /**
     * Moves an account to another node: its storage tokens are worth nothing, its storage is new and empty.
     *
     * @param account the account
     */
    public void reassignNode(TestAccount account) {
        user(account);
        server.users().reassign(account.accountId(), "node-" + nodes.incrementAndGet());
    }

    /**
     * Moves the server's clock.
     *
     * @param by forth, or back when negative
     */
    public void moveClock(Duration by) {
        clock.move(by);
    }

    /**
     * The uid of an account's present storage.
     *
     * @param account the account; gets its storage now if it has none
     * @return the uid
     */
    public long uid(TestAccount account) {
        return user(account).uid();
    }

    /**
     * Looks a BSO up.
     *
     * @param account whose
     * @param collection where
     * @param id which
     * @return the BSO as stored
     */
    public Optional<Bso> bso(TestAccount account, String collection, String id) {
        return server.store().read(uid(account), view -> view.findBso(collection, id));
    }

    /**
     * Lists a collection.
     *
     * @param account whose
     * @param collection where
     * @return its BSOs, oldest first; empty for a collection that isn't there
     */
    public List<Bso> bsos(TestAccount account, String collection) {
        return server.store().read(uid(account), view -> {
            List<Bso> bsos = new ArrayList<>();
            view.findCollection(collection).ifPresent(found -> view.forEach(found, BsoQuery.ALL, bsos::add));
            return bsos;
        });
    }

    /**
     * Writes a BSO as another device would.
     *
     * @param account whose
     * @param collection where
     * @param id which
     * @param payload its text
     * @return the time of the write
     */
    public Timestamp putBso(TestAccount account, String collection, String id, String payload) {
        return putBsos(account, collection, Map.of(id, payload));
    }

    /**
     * Writes BSOs in one write.
     *
     * @param account whose
     * @param collection where
     * @param payloads by id
     * @return the time of the write
     */
    public Timestamp putBsos(TestAccount account, String collection, Map<String, String> payloads) {
        List<BsoChange> changes = payloads.entrySet().stream()
                .map(entry -> new BsoChange(
                        entry.getKey(), Optional.of(entry.getValue()), OptionalInt.empty(), OptionalLong.empty()))
                .toList();
        return server.store().write(uid(account), update -> {
            update.put(collection, changes);
            return update.now();
        });
    }

    /**
     * Deletes a BSO as another device would.
     *
     * @param account whose
     * @param collection where
     * @param id which
     */
    public void deleteBso(TestAccount account, String collection, String id) {
        server.store().write(uid(account), update -> {
            update.findCollection(collection).ifPresent(found -> update.deleteBsos(found, List.of(id)));
            return true;
        });
    }

    /**
     * Deletes a collection as another device would.
     *
     * @param account whose
     * @param collection which
     */
    public void deleteCollection(TestAccount account, String collection) {
        server.store().write(uid(account), update -> {
            update.deleteCollection(collection);
            return true;
        });
    }

    /**
     * Deletes an account's whole storage as another device would.
     *
     * @param account whose
     */
    public void deleteStorage(TestAccount account) {
        server.store().write(uid(account), update -> {
            update.deleteAll();
            return true;
        });
    }

    /**
     * What info/collections would say.
     *
     * @param account whose
     * @return the time of each collection
     */
    public Map<String, Timestamp> timestamps(TestAccount account) {
        return server.store().read(uid(account), view -> {
            Map<String, Timestamp> times = new TreeMap<>();
            view.collections().values().forEach(found -> times.put(found.name(), found.modified()));
            return times;
        });
    }

    /** Stops the server; what is on disk stays. */
    @Override
    public void close() {
        jetty.stop();
        database.close();
    }

    private StorageUser user(TestAccount account) {
        Optional<StorageUser> present = server.users().findByAccount(account.accountId());
        if (present.isPresent()) {
            return present.get();
        }
        try {
            return server.users().assign(new Accounts.Holder(account.accountId(), 0), account.key(), true);
        } catch (TokenRefusal e) {
            throw new IllegalStateException(e);
        }
    }
}
