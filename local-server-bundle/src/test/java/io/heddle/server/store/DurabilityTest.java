// SPDX-License-Identifier: Apache-2.0
package io.heddle.server.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heddle.server.bso.BsoChange;
import io.heddle.server.bso.BsoQuery;
import io.heddle.server.bso.Timestamp;
import io.heddle.server.database.Database;
import io.heddle.server.database.Sql;
import io.heddle.server.database.StoreException;
import io.heddle.server.testing.SignedClient;
import io.heddle.server.testing.TestAccount;
import io.heddle.server.testing.TestServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DurabilityTest {

    @TempDir
    Path directory;

    @Test
    void aRestartKeepsDataTokensAndSecret() {
        TestAccount account;
        SignedClient client;
        int port;
        try (TestServer server = TestServer.builder().database(directory).start()) {
            account = server.newAccount();
            port = server.tokenServer().getPort();
            client = SignedClient.signIn(server, account);
            client.put("/storage/forms/a", "{\"payload\":\"x\"}");
        }
        try (TestServer server =
                TestServer.builder().database(directory).port(port).start()) {
            assertThat(client.get("/storage/forms/a").statusCode()).isEqualTo(200);
            assertThat(SignedClient.signIn(server, account).endpoint()).isEqualTo(client.endpoint());
        }
    }

    @Test
    void anAnsweredWriteIsOnDiskWhenTheProcessIsKilled() throws Exception {
        Path copy = directory.resolve("copy");
        Files.createDirectories(copy);
        TestAccount account;
        Timestamp written;
        try (TestServer server =
                TestServer.builder().database(directory.resolve("live")).start()) {
            account = server.newAccount();
            SignedClient client = SignedClient.signIn(server, account);
            client.post("/storage/forms", "[{\"id\":\"a\",\"payload\":\"x\"},{\"id\":\"b\",\"payload\":\"y\"}]");
            written = server.timestamps(account).get("forms");
            // What a killed process leaves: the file as it is now, without any closing.
            Files.copy(
                    directory.resolve("live/heddle-server.mv.db"),
                    copy.resolve("heddle-server.mv.db"),
                    StandardCopyOption.REPLACE_EXISTING);
        }
        try (TestServer server = TestServer.builder().database(copy).start()) {
            assertThat(server.timestamps(account)).containsEntry("forms", written);
            assertThat(server.bsos(account, "forms")).hasSize(2);
        }
    }

    @Test
    void aFailedWriteLeavesNothingBehind() {
        try (Database database = Database.open(directory)) {
            SyncStore store = new SyncStore(database, Clock.systemUTC());
            long uid = newUser(database);
            Timestamp before = store.<Timestamp, RuntimeException>write(uid, update -> {
                update.put("forms", List.of(change("a", "x")));
                return update.now();
            });

            assertThatThrownBy(() -> store.write(uid, update -> {
                        update.put("forms", List.of(change("a", "y"), change("b", "y")));
                        update.deleteCollection("tabs");
                        update.openBatch("forms", 100);
                        throw new IllegalStateException("on purpose");
                    }))
                    .hasMessage("on purpose");

            boolean unchanged = store.<Boolean, RuntimeException>read(uid, view -> {
                assertThat(view.modified()).isEqualTo(before);
                assertThat(view.findBso("forms", "a").orElseThrow().payload()).isEqualTo("x");
                return view.findBso("forms", "b").isEmpty();
            });
            assertThat(unchanged).isTrue();
        }
    }

    @Test
    void concurrentWritersGetTimesOfTheirOwn() throws Exception {
        try (Database database = Database.inMemory()) {
            SyncStore store = new SyncStore(database, Clock.systemUTC());
            long uid = newUser(database);
            ExecutorService threads = Executors.newFixedThreadPool(8);
            List<Callable<Timestamp>> writes = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                String id = "b" + i;
                writes.add(() -> store.<Timestamp, RuntimeException>write(uid, update -> {
                    update.put(id.endsWith("0") ? "tabs" : "forms", List.of(change(id, "x")));
                    return update.now();
                }));
            }
            Set<Timestamp> times = new HashSet<>();
            for (Future<Timestamp> write : threads.invokeAll(writes)) {
                times.add(write.get());
            }
            threads.shutdown();

            assertThat(times).hasSize(200);
        }
    }

    @Test
    void aReadSeesOneStateWhileOthersWrite() {
        try (Database database = Database.inMemory()) {
            SyncStore store = new SyncStore(database, Clock.systemUTC());
            long uid = newUser(database);
            put(store, uid, change("a", "x"));
            put(store, uid, change("b", "x"));

            List<String> seen = store.<List<String>, RuntimeException>read(uid, view -> {
                CollectionInfo forms = view.findCollection("forms").orElseThrow();
                List<String> ids = new ArrayList<>();
                view.forEach(forms, BsoQuery.ALL, bso -> {
                    put(store, uid, change("new" + bso.id(), "y"));
                    put(store, uid, change("b", "y"));
                    ids.add(bso.id() + bso.payload());
                });
                assertThat(view.count(forms, BsoQuery.ALL)).isEqualTo(2);
                return ids;
            });

            assertThat(seen).containsExactly("ax", "bx");
        }
    }

    @Test
    void aRetiredUserHasNoStorageAnyMore() {
        try (Database database = Database.inMemory()) {
            SyncStore store = new SyncStore(database, Clock.systemUTC());
            long uid = newUser(database);
            put(store, uid, change("a", "x"));
            store.retire(uid);

            assertThatThrownBy(() -> store.read(uid, StorageView::modified)).isInstanceOf(StorageGoneException.class);
            assertThatThrownBy(() -> store.retire(uid)).isInstanceOf(StorageGoneException.class);
        }
    }

    @Test
    void aDatabaseOfTheFirstVersionKeepsItsDataAndLosesItsOpenBatches() {
        long uid;
        try (Database database = Database.open(directory)) {
            uid = newUser(database);
            put(new SyncStore(database, Clock.systemUTC()), uid, change("a", "x"));
            database.run("make it old", connection -> {
                Sql.update(connection, "DROP TABLE batch_part");
                Sql.update(connection, "CREATE TABLE batch_item(batch_id BIGINT, id VARCHAR(64))");
                Sql.update(connection, "ALTER TABLE batch DROP COLUMN parts, records, bytes");
                Sql.update(connection, "INSERT INTO batch VALUES(7, ?, 'forms', ?)", uid, Long.MAX_VALUE);
                return Sql.update(connection, "UPDATE schema_version SET version = 1");
            });
        }

        try (Database database = Database.open(directory)) {
            boolean kept = new SyncStore(database, Clock.systemUTC()).<Boolean, RuntimeException>write(uid, update -> {
                assertThat(update.findBatch(7, "forms", 100)).isEmpty();
                long batch = update.openBatch("forms", 100);
                update.append(batch, List.of(change("b", "y")));
                update.commit(batch, "forms");
                return update.findBso("forms", "a").isPresent()
                        && update.findBso("forms", "b").isPresent();
            });
            assertThat(kept).isTrue();
        }
    }

    @Test
    void aDatabaseOfALaterVersionIsRefused() {
        try (Database database = Database.open(directory)) {
            database.run(
                    "age it", connection -> Sql.update(connection, "UPDATE schema_version SET version = version + 1"));
        }

        assertThatThrownBy(() -> Database.open(directory)).isInstanceOf(StoreException.class);
    }

    private static void put(SyncStore store, long uid, BsoChange change) {
        store.write(uid, update -> {
            update.put("forms", List.of(change));
            return true;
        });
    }

    private static long newUser(Database database) {
        return database.run(
                "make a user",
                connection -> Sql.insert(
                        connection,
                        "INSERT INTO storage_user(account_id, client_state, keys_changed_at, node, tokens_from_millis,"
                                + " modified, replaced) VALUES(1, 'aa', 1, 'n', 0, 0, FALSE)"));
    }

    private static BsoChange change(String id, String payload) {
        return new BsoChange(id, Optional.of(payload), OptionalInt.empty(), OptionalLong.empty());
    }
}
