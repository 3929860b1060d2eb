// SPDX-License-Identifier: Apache-2.0
package io.heddle.launcher.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.heddle.api.EngineOutcome;
import io.heddle.api.EngineProgress;
import io.heddle.api.EngineStatus;
import io.heddle.api.SyncRequest;
import io.heddle.api.SyncResult;
import io.heddle.api.SyncStatus;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ProgressTest {

    private static final String ERASE = "\r\u001b[K";

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final AtomicLong time = new AtomicLong();

    @Test
    void aTerminalShowsOneLineThatGoesAway() {
        Progress progress = progress("err");

        progress.syncStarted(SyncRequest.all());
        pass(Duration.ofMillis(100));
        progress.engineProgressed(uploading(6).withTotal(24));
        progress.engineFinished("notes", EngineOutcome.of(EngineStatus.OK));
        progress.syncFinished(SyncResult.builder(SyncStatus.OK).build());

        assertThat(text(err))
                .isEqualTo(ERASE + "Syncing…" + ERASE + "notes: uploading [######------------------] 6 of 24" + ERASE);
        assertThat(text(out)).isEmpty();
    }

    @Test
    void aTerminalIsNotFloodedAndNamesCannotSteerIt() {
        Progress progress = progress("err");
        progress.syncStarted(SyncRequest.all());

        progress.engineProgressed(uploading(1));
        pass(Duration.ofMillis(100));
        progress.engineProgressed(EngineProgress.of("no\u001btes", EngineProgress.Phase.APPLYING, 2));

        assertThat(text(err)).isEqualTo(ERASE + "Syncing…" + ERASE + "no?tes: applying, 2");
    }

    @Test
    void aPipeGetsAPlainLineWhenTheWorkIsLong() {
        Progress progress = progress("none");

        progress.syncStarted(SyncRequest.all());
        pass(Duration.ofSeconds(9));
        progress.engineProgressed(uploading(1).withTotal(24));
        pass(Duration.ofSeconds(2));
        progress.engineProgressed(uploading(6).withTotal(24));
        progress.engineProgressed(uploading(7).withTotal(24));
        progress.syncFinished(SyncResult.builder(SyncStatus.OK).build());

        assertThat(text(err).lines()).containsExactly("notes: uploading, 6 of 24");
    }

    private Progress progress(String terminal) {
        Console console = new Console(
                InputStream.nullInputStream(),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                Set.of(terminal));
        return new Progress(console, time::get);
    }

    private void pass(Duration duration) {
        time.addAndGet(duration.toNanos());
    }

    private static EngineProgress uploading(long done) {
        return EngineProgress.of("notes", EngineProgress.Phase.UPLOADING, done);
    }

    private static String text(ByteArrayOutputStream stream) {
        return stream.toString(StandardCharsets.UTF_8);
    }
}
