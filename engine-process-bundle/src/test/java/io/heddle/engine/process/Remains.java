// SPDX-License-Identifier: Apache-2.0
package io.heddle.engine.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Looks for what a program may have left behind. */
final class Remains {

    private Remains() {}

    static void assertNone() {
        assertThat(threads()).as("threads").isEmpty();
        assertThat(ProcessHandle.current().descendants().filter(ProcessHandle::isAlive))
                .as("processes")
                .isEmpty();
    }

    /** Of a process that is nobody's child any more its own word is all there is. */
    static void assertEnded(Path pidFile) throws IOException {
        long pid = Long.parseLong(Files.readString(pidFile).strip());
        assertThat(ProcessHandle.of(pid).filter(ProcessHandle::isAlive).filter(process -> !isZombie(pid)))
                .as("process " + pid)
                .isEmpty();
    }

    /** Ended, but its new parent, the first process of a container perhaps, has not asked for its exit code. */
    private static boolean isZombie(long pid) {
        try {
            return Files.readString(Path.of("/proc", Long.toString(pid), "stat"))
                    .contains(") Z ");
        } catch (IOException e) {
            return false;
        }
    }

    private static List<String> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith("heddle-process-"))
                .toList();
    }
}
