// SPDX-License-Identifier: Apache-2.0
package io.heddle.engine.example.notes;

import static org.assertj.core.api.Assertions.assertThat;

import io.heddle.engine.testkit.MemoryServer;
import java.io.IOException;
import java.nio.file.Path;
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
        assertThat(laptop.files()).isEqualTo(phone.files());
    }
}
