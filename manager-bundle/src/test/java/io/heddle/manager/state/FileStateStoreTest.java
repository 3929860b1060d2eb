// SPDX-License-Identifier: Apache-2.0
package io.heddle.manager.state;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class FileStateStoreTest {

    private static final Clock NOON = Clock.fixed(Instant.parse("2026-11-01T12:00:00Z"), ZoneOffset.UTC);

    @TempDir
    Path folder;

    private Path file;
    private FileStateStore store;

    @BeforeEach
    void makeStore() {
        file = folder.resolve("sync/state.json");
        store = new FileStateStore(file, NOON);
    }

    @Test
    void nothingIsFoundBeforeAnythingWasStored() throws Exception {
        assertThat(store.findState()).isEmpty();
    }

    @Test
    void whatWasStoredLastIsFound() throws Exception {
        store.store("{\"first\":1}");
        store.store("{\"zweites\":\"ü😀\"}");

        assertThat(store.findState()).contains("{\"zweites\":\"ü😀\"}");
        assertThat(new FileStateStore(file).findState()).contains("{\"zweites\":\"ü😀\"}");
        assertThat(names()).containsExactly("state.json");
    }

    @Test
    void onlyTheOwnerMayReadIt() throws Exception {
        assumeThat(Files.getFileStore(folder).supportsFileAttributeView("posix"))
                .isTrue();
        Files.createDirectories(file.getParent());
        Path leftover = Files.writeString(file.resolveSibling("state.json.tmp"), "half a st");
        Files.setPosixFilePermissions(leftover, PosixFilePermissions.fromString("rw-rw-rw-"));

        store.store("{}");

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        Path made = folder.resolve("a/b/state.json");
        new FileStateStore(made).store("{}");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(made.getParent())))
                .isEqualTo("rwx------");
    }

    @Test
    void leftoverOfACrashNeitherCountsNorHinders() throws Exception {
        store.store("{\"old\":1}");
        Files.writeString(file.resolveSibling("state.json.tmp"), "{\"new\":");

        assertThat(store.findState()).contains("{\"old\":1}");
        store.store("{\"new\":1}");
        assertThat(store.findState()).contains("{\"new\":1}");
        assertThat(names()).containsExactly("state.json");
    }

    @Test
    void failedStoringLeavesTheOldState() throws Exception {
        store.store("{\"old\":1}");
        Files.createDirectories(file.resolveSibling("state.json.tmp").resolve("in the way"));

        assertThatThrownBy(() -> store.store("{\"new\":1}"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(file.toString());
        assertThat(store.findState()).contains("{\"old\":1}");
    }

    @Test
    void fileThatCantBeReadIsNamed() throws Exception {
        Files.createDirectories(file);

        assertThatThrownBy(store::findState).isInstanceOf(IOException.class).hasMessageContaining(file.toString());
    }

    @Test
    void brokenBytesAreFoundAsNoDocument() throws Exception {
        Files.createDirectories(file.getParent());
        Files.write(file, new byte[] {'"', (byte) 0xC3, '"'});

        assertThatThrownBy(() -> PersistedStateCodec.parse(store.findState().orElseThrow()))
                .isInstanceOf(UnreadableStateException.class);
    }

    @Test
    void statesSetAsideAreNeverOverwritten() throws Exception {
        for (String content : List.of("one", "two", "three")) {
            store.store(content);
            String place = store.setAside();
            assertThat(Files.readString(Path.of(place))).isEqualTo(content);
            assertThat(store.findState()).isEmpty();
        }

        assertThat(names())
                .containsExactly(
                        "state.json.corrupt-20261101T120000Z",
                        "state.json.corrupt-20261101T120000Z-2",
                        "state.json.corrupt-20261101T120000Z-3");
        assertThatThrownBy(store::setAside).isInstanceOf(IOException.class);
    }

    @Test
    void interruptedThreadStoresAndStaysInterrupted() throws Exception {
        Thread.currentThread().interrupt();
        try {
            store.store("{\"kept\":1}");
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }

        assertThat(store.findState()).contains("{\"kept\":1}");
    }

    @Test
    void readersSeeWholeStatesOnly() throws Exception {
        String first = "{\"a\":\"" + "a".repeat(50_000) + "\"}";
        String second = "{\"b\":\"" + "b".repeat(20_000) + "\"}";
        store.store(first);
        AtomicBoolean done = new AtomicBoolean();
        ExecutorService readers = Executors.newFixedThreadPool(2);
        try {
            Callable<Integer> reading = () -> {
                FileStateStore other = new FileStateStore(file);
                int reads = 0;
                while (!done.get()) {
                    assertThat(other.findState().orElseThrow()).isIn(first, second);
                    reads++;
                }
                return reads;
            };
            List<Future<Integer>> results = List.of(readers.submit(reading), readers.submit(reading));
            for (int i = 0; i < 100; i++) {
                store.store(i % 2 == 0 ? second : first);
            }
            done.set(true);
            for (Future<Integer> result : results) {
                assertThat(result.get()).isPositive();
            }
        } finally {
            done.set(true);
            readers.shutdownNow();
        }
    }

    @Test
    void killedProcessLeavesAWholeState() throws Exception {
        for (int round = 1; round <= 3; round++) {
            Process child = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-cp",
                            System.getProperty("java.class.path"),
                            StoringForever.class.getName(),
                            file.toString())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            try (BufferedReader stored = new BufferedReader(new InputStreamReader(child.getInputStream(), UTF_8))) {
                for (int line = 0; line < 10 * round; line++) {
                    assertThat(stored.readLine()).isNotNull();
                }
            } finally {
                child.destroyForcibly().waitFor();
            }

            PersistedState state = PersistedStateCodec.parse(store.findState().orElseThrow());
            assertThat(state.grants().holders()).hasSize(2_000);
            assertThat(state.grants().holders().values()).containsOnly(state.deviceId());
        }
        store.store("{}");
        assertThat(store.findState()).contains("{}");
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(file.getParent())) {
            return files.map(path -> path.getFileName().toString()).sorted().toList();
        }
    }
}
