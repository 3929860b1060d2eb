// SPDX-License-Identifier: Apache-2.0
package io.heddle.engine.example.notes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heddle.engine.testkit.MemoryManager.Crash;
import io.heddle.engine.testkit.MemoryManager.Step;
import io.heddle.engine.testkit.MemoryServer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Random;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Two devices on one account. */
abstract class NotesTestBase {

    @TempDir
    Path home;

    final MemoryServer server = new MemoryServer();
    NotesDevice laptop;
    NotesDevice phone;

    @BeforeEach
    void startDevices() throws IOException {
        laptop = new NotesDevice(home, "laptop", server);
        phone = new NotesDevice(home, "phone", server);
    }

    /** One sync that is cut off at the nth time that a step is reached. */
    static void crash(NotesDevice device, Step step, int time) {
        device.manager().crashAt(step, time);
        assertThatThrownBy(device::sync).isInstanceOf(Crash.class);
        device.manager().probe(at -> {});
    }

    /** One sync in which something happens meanwhile, when a step is reached for the first time. */
    static void syncWhile(NotesDevice device, Step step, ThrowingCallable event) throws Exception {
        boolean[] once = {true};
        device.manager().probe(at -> {
            if (at == step && once[0]) {
                once[0] = false;
                assertThatCode(event).doesNotThrowAnyException();
            }
        });
        device.sync();
        device.manager().probe(at -> {});
    }

    /** A note that both devices have. */
    void share(String file, String text) throws Exception {
        laptop.write(file, text);
        syncBoth();
    }

    static byte[] random(long seed, int length) {
        byte[] bytes = new byte[length];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    /** Syncs both until nothing moves any more; garbage of pieces takes one sync more. */
    void syncBoth() throws Exception {
        for (int round = 0; round < 3; round++) {
            laptop.sync();
            phone.sync();
        }
        laptop.sync();
        assertThat(laptop.manager().sent()).isEmpty();
        phone.sync();
        assertThat(phone.manager().sent()).isEmpty();
        assertThat(laptop.manager().failedIds()).isEmpty();
        assertThat(phone.manager().failedIds()).isEmpty();
        assertThat(laptop.files()).isEqualTo(phone.files());
    }
}
