// SPDX-License-Identifier: Apache-2.0
package io.heddle.engine.example.notes;

import static org.assertj.core.api.Assertions.assertThat;

import io.heddle.engine.example.notes.files.NotesFolder;
import io.heddle.engine.testkit.MemoryManager.Crash;
import io.heddle.engine.testkit.MemoryManager.Step;
import io.heddle.engine.testkit.MemoryServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Three devices, many random edits, syncs, crashes and writes of others in between, files that can't be read for a while
 * and records that the server doesn't take for a while. In the end all folders are equal, and
 * every contents that nobody replaced or deleted on a device is still there. A seed fixes the edits; ids are random.
 */
class NotesConvergenceTest {

    private static final int STEPS = 70;
    private static final List<String> NAMES =
            List.of("a.md", "b.md", "B.md", "c/a.md", "c/b.md", "c", "d/e/f.bin", "z\u00fc.md", "zu\u0308.md");

    @TempDir
    private Path home;

    private final MemoryServer server = new MemoryServer();
    private final List<NotesDevice> devices = new ArrayList<>();
    private final Set<String> written = new TreeSet<>();
    private final Set<String> replaced = new HashSet<>();
    private Random random;
    private Random faultRandom;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void devicesBecomeEqualAndNothingIsLost(long seed) throws Exception {
        run(seed, false, false, false);
    }

    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13, 14, 15, 16, 17, 18})
    void devicesBecomeEqualAndNothingIsLostInSpiteOfCrashes(long seed) throws Exception {
        run(seed, true, false, false);
    }

    @ParameterizedTest
    @ValueSource(longs = {21, 22, 23, 24})
    void devicesBecomeEqualAndNothingIsLostInSpiteOfCrashesAndResets(long seed) throws Exception {
        run(seed, true, true, false);
    }

    @ParameterizedTest
    @ValueSource(longs = {31, 32, 33, 34, 35, 36, 37, 38})
    void devicesBecomeEqualAndNothingIsLostInSpiteOfUnreadableFilesAndRefusedRecords(long seed) throws Exception {
        run(seed, false, false, true);
    }

    @ParameterizedTest
    @ValueSource(longs = {41, 42, 43, 44, 45, 46, 47, 48})
    void devicesBecomeEqualAndNothingIsLostInSpiteOfAllOfThese(long seed) throws Exception {
        run(seed, true, seed > 44, true);
    }

    private void run(long seed, boolean crashes, boolean resets, boolean faults) throws Exception {
        random = new Random(seed);
        // Its own, for how often it is asked depends on the ids: the edits stay fixed.
        faultRandom = new Random(seed);
        for (String name : List.of("laptop", "phone", "tablet")) {
            devices.add(new NotesDevice(home, name, server));
        }
        for (int step = 0; step < STEPS; step++) {
            NotesDevice device = devices.get(random.nextInt(devices.size()));
            switch (random.nextInt(10)) {
                case 0, 1, 2, 3 -> write(device, step);
                case 4 -> delete(device);
                case 5 -> rename(device);
                default -> {
                    if (faults) {
                        beginFaults(device);
                    }
                    sync(device, crashes);
                    server.rejectIf(record -> false);
                }
            }
            if (resets && random.nextInt(STEPS / 2) == 0) {
                reset(device);
            }
        }
        settle();
        for (NotesDevice device : devices) {
            assertThat(device.files())
                    .as(device.name())
                    .isEqualTo(devices.get(0).files());
        }
        written.removeAll(replaced);
        assertThat(allContents()).containsAll(written);
        assertThat(server.liveIds("notes")).hasSize(devices.get(0).files().size());
        NotesDevice fresh = new NotesDevice(home, "fresh", server);
        fresh.sync();
        assertThat(fresh.files()).isEqualTo(devices.get(0).files());
        assertThat(fresh.manager().sent()).isEmpty();
    }

    private void settle() throws Exception {
        devices.forEach(device -> {
            device.manager().probe(step -> {});
            device.useFolder(NotesFolder::new);
        });
        int quiet = 0;
        for (int round = 0; round < 40 && quiet < 3 * devices.size(); round++) {
            NotesDevice device = devices.get(round % devices.size());
            device.sync();
            quiet = device.manager().sent().isEmpty() ? quiet + 1 : 0;
        }
        assertThat(quiet).as("syncs in a row without uploads").isEqualTo(3 * devices.size());
    }

    private void write(NotesDevice device, int step) throws IOException {
        String file = NAMES.get(random.nextInt(NAMES.size()));
        if (isBlocked(device, file)) {
            return;
        }
        supersede(device, file);
        String contents = device.name() + " " + step + " " + "x".repeat(random.nextInt(4) == 0 ? 6000 : 0);
        if (random.nextInt(8) == 0) {
            contents = "the same everywhere";
        }
        written.add(contents);
        device.write(file, contents);
    }

    private void delete(NotesDevice device) throws IOException {
        List<String> files = device.realFiles();
        if (!files.isEmpty()) {
            String file = files.get(random.nextInt(files.size()));
            supersede(device, file);
            device.delete(file);
        }
    }

    private void rename(NotesDevice device) throws IOException {
        List<String> files = device.realFiles();
        String target = NAMES.get(random.nextInt(NAMES.size()));
        if (!files.isEmpty() && !Files.exists(device.folder().resolve(target)) && !isBlocked(device, target)) {
            device.rename(files.get(random.nextInt(files.size())), target);
        }
    }

    /** Each of them in half of the syncs: files can't be read now and then, or never; records are refused. */
    private void beginFaults(NotesDevice device) {
        int often = 1 + faultRandom.nextInt(3);
        if (faultRandom.nextBoolean()) {
            device.useFolder(root -> new UnreadableFolder(root, file -> faultRandom.nextInt(often) == 0));
        }
        if (faultRandom.nextBoolean()) {
            int salt = faultRandom.nextInt();
            server.rejectIf(record -> (record.id().hashCode() ^ salt) % often == 0);
        }
    }

    private void sync(NotesDevice device, boolean crashes) throws Exception {
        boolean crash = crashes && random.nextInt(3) == 0;
        if (crash && random.nextBoolean()) {
            int moment = 1 + random.nextInt(6);
            device.useFolder(root -> new CrashingFolder(root, moment));
        } else if (crash) {
            device.manager().crashAt(Step.values()[random.nextInt(Step.values().length)], 1 + random.nextInt(3));
        } else if (random.nextInt(4) == 0) {
            NotesDevice other = devices.get(random.nextInt(devices.size()));
            boolean[] once = {other != device};
            device.manager().probe(step -> {
                if (step == Step.APPLIED && once[0]) {
                    once[0] = false;
                    syncQuietly(other);
                }
            });
        }
        try {
            device.sync();
        } catch (Crash e) {
            assertThat(crash).isTrue();
        }
        device.manager().probe(step -> {});
        device.useFolder(NotesFolder::new);
    }

    private void reset(NotesDevice device) throws IOException {
        if (random.nextBoolean()) {
            server.startAfresh();
        } else {
            device.engine().reset();
        }
    }

    private void supersede(NotesDevice device, String file) throws IOException {
        Path path = device.folder().resolve(file);
        if (Files.isRegularFile(path)) {
            replaced.add(Files.readString(path));
        }
    }

    private static boolean isBlocked(NotesDevice device, String file) {
        Path path = device.folder().resolve(file);
        for (Path above = path.getParent(); !above.equals(device.folder()); above = above.getParent()) {
            if (Files.isRegularFile(above)) {
                return true;
            }
        }
        return Files.isDirectory(path);
    }

    private Set<String> allContents() throws IOException {
        Set<String> contents = new TreeSet<>();
        NotesDevice device = devices.get(0);
        for (String file : device.realFiles()) {
            contents.add(new String(Files.readAllBytes(device.folder().resolve(file)), StandardCharsets.UTF_8));
        }
        return contents;
    }

    private static void syncQuietly(NotesDevice device) {
        try {
            device.manager().probe(step -> {});
            device.sync();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
