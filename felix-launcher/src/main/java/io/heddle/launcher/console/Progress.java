// SPDX-License-Identifier: Apache-2.0
package io.heddle.launcher.console;

import io.heddle.api.EngineOutcome;
import io.heddle.api.EngineProgress;
import io.heddle.api.SyncListener;
import io.heddle.api.SyncRequest;
import io.heddle.api.SyncResult;
import java.time.Duration;
import java.util.Locale;
import java.util.function.LongSupplier;

/**
 * Shows how a sync goes: on a terminal as one line that is rewritten and goes away at the end, elsewhere as a plain line now
 * and then when the work is long.
 *
 * <p><b>Threading:</b> safe.
 */
public final class Progress implements SyncListener {

    private static final int BAR = 24;
    private static final String ERASE = "\r\u001b[K";
    private static final Duration TERMINAL_PACE = Duration.ofMillis(80);
    private static final Duration PLAIN_PACE = Duration.ofSeconds(10);

    private final Console console;
    private final LongSupplier nanoTime;
    private long lastShown;
    private boolean lineOnScreen;

    /**
     * Shows progress on stderr.
     *
     * @param console where
     * @param nanoTime the passing of time, in nanoseconds
     */
    public Progress(Console console, LongSupplier nanoTime) {
        this.console = console;
        this.nanoTime = nanoTime;
    }

    @Override
    public synchronized void syncStarted(SyncRequest request) {
        lastShown = nanoTime.getAsLong();
        if (console.showsProgress()) {
            show("Syncing…");
        }
    }

    @Override
    public synchronized void engineProgressed(EngineProgress progress) {
        long now = nanoTime.getAsLong();
        Duration pace = console.showsProgress() ? TERMINAL_PACE : PLAIN_PACE;
        if (now - lastShown >= pace.toNanos()) {
            lastShown = now;
            show(line(progress));
        }
    }

    @Override
    public synchronized void engineFinished(String engine, EngineOutcome outcome) {
        erase();
    }

    @Override
    public synchronized void syncFinished(SyncResult result) {
        erase();
    }

    private String line(EngineProgress progress) {
        String doing = progress.engine() + ": " + progress.phase().name().toLowerCase(Locale.ROOT);
        if (progress.findTotal().isEmpty()) {
            return progress.done() == 0 ? doing : doing + ", " + progress.done();
        }
        long total = progress.findTotal().getAsLong();
        String count = progress.done() + " of " + total;
        if (!console.showsProgress()) {
            return doing + ", " + count;
        }
        int filled = total == 0 ? BAR : (int) (BAR * progress.done() / total);
        return doing + " [" + "#".repeat(filled) + "-".repeat(BAR - filled) + "] " + count;
    }

    private void show(String text) {
        String printable = text.replaceAll("\\p{Cntrl}", "?");
        if (console.showsProgress()) {
            console.err().print(ERASE + printable);
            lineOnScreen = true;
        } else {
            console.err().println(printable);
        }
        console.err().flush();
    }

    private void erase() {
        if (lineOnScreen) {
            console.err().print(ERASE);
            console.err().flush();
            lineOnScreen = false;
        }
    }
}
