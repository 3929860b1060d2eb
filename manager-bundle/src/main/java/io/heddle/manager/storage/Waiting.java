// SPDX-License-Identifier: Apache-2.0
package io.heddle.manager.storage;

import io.heddle.api.SyncStatus;
import io.heddle.manager.failure.SyncException;
import io.heddle.manager.storage.http.AnswerTooLongException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Waits for a future answer, and says what its failure means for a sync. */
public final class Waiting {

    /** No answer takes longer, not even to the largest POST on a slow line. */
    private static final Duration LONGEST = Duration.ofMinutes(5);

    private Waiting() {}

    /**
     * Waits.
     *
     * @param <T> what is waited for
     * @param future cancelled when the waiting thread is interrupted
     * @param what the request, for the message
     * @return what came
     * @throws SyncException the one that the future failed with; Stopped when interrupted; else a NETWORK_ERROR
     */
    public static <T> T on(CompletableFuture<T> future, String what) throws SyncException {
        return on(future, what, LONGEST);
    }

    /**
     * Waits for a limited time.
     *
     * @param <T> what is waited for
     * @param future cancelled when the waiting thread is interrupted, and when the time is over
     * @param what the request, for the message
     * @param limit how long to wait
     * @return what came
     * @throws SyncException as {@link #on(CompletableFuture, String)}
     */
    public static <T> T on(CompletableFuture<T> future, String what, Duration limit) throws SyncException {
        try {
            return future.get(limit.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            future.cancel(true);
            throw new SyncException(SyncStatus.NETWORK_ERROR, what + ": no answer in time", e);
        } catch (InterruptedException e) {
            future.cancel(true);
            Thread.currentThread().interrupt();
            throw new SyncException.Stopped();
        } catch (CancellationException e) {
            throw new SyncException.Stopped();
        } catch (ExecutionException e) {
            throw failure(e.getCause(), what);
        }
    }

    /**
     * Says what a failed read or request means.
     *
     * @param cause what was caught
     * @param what the request, for the message
     * @return the cause itself when it is a SyncException, else a NETWORK_ERROR that names it, or a SERVICE_ERROR for
     *     an endless answer
     */
    public static SyncException failure(Throwable cause, String what) {
        Throwable root = cause;
        while ((root instanceof CompletionException || root instanceof ExecutionException) && root.getCause() != null) {
            root = root.getCause();
        }
        if (root instanceof SyncException sync) {
            return sync;
        }
        if (root instanceof CancellationException || Thread.currentThread().isInterrupted()) {
            return new SyncException.Stopped();
        }
        if (root instanceof AnswerTooLongException) {
            return new SyncException(SyncStatus.SERVICE_ERROR, what + ": " + root.getMessage(), root);
        }
        if (root instanceof SocketTimeoutException) {
            return new SyncException(SyncStatus.NETWORK_ERROR, what + ": no answer in time", root);
        }
        if (root instanceof IOException) {
            return new SyncException(SyncStatus.NETWORK_ERROR, what + ": " + root.getMessage(), root);
        }
        return new SyncException(
                SyncStatus.NETWORK_ERROR, what + ": " + root.getClass().getSimpleName(), root);
    }
}
