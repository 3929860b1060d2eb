// SPDX-License-Identifier: Apache-2.0
package io.heddle.manager.storage;

import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * Lets one request begin when the one before it is over: answered, failed, or given up and off the wire.
 *
 * <p><b>Threading:</b> safe; a request begins on the thread that asked for it or on the one that ended its predecessor.
 */
final class WriteQueue {

    private CompletableFuture<Void> last = CompletableFuture.completedFuture(null);

    /**
     * Puts a request at the end.
     *
     * @param <T> its answer
     * @param request begins it; called once, or never when the result was cancelled before its turn
     * @return its answer; to cancel it is to cancel the request itself
     */
    <T> CompletableFuture<T> add(Supplier<CompletableFuture<T>> request) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        CompletableFuture<Void> end = new CompletableFuture<>();
        CompletableFuture<Void> before;
        synchronized (this) {
            before = last;
            last = end;
        }
        before.whenComplete((ended, failure) -> begin(request, answer, end));
        return answer;
    }

    private static <T> void begin(
            Supplier<CompletableFuture<T>> request, CompletableFuture<T> answer, CompletableFuture<Void> end) {
        if (answer.isDone()) {
            end.complete(null);
            return;
        }
        CompletableFuture<T> sent;
        try {
            sent = request.get();
        } catch (RuntimeException e) {
            answer.completeExceptionally(e);
            end.complete(null);
            return;
        }
        sent.whenComplete((value, failure) -> {
            if (sent.isCancelled()) {
                // Only from below, where the end is told after the request is off the wire.
                return;
            }
            if (failure == null) {
                answer.complete(value);
            } else {
                answer.completeExceptionally(failure);
            }
            end.complete(null);
        });
        answer.whenComplete((value, failure) -> {
            if (answer.isCancelled()) {
                sent.cancel(true);
                end.complete(null);
            }
        });
    }
}
