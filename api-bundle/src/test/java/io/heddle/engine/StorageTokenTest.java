// SPDX-License-Identifier: Apache-2.0
package io.heddle.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heddle.engine.StorageRequest.Method;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class StorageTokenTest {

    private static final StorageRequest REQUEST = StorageRequest.of(Method.GET, "notes");
    private static final StorageResponse ANSWER = new StorageResponse(200, Optional.empty(), Optional.empty(), "[]");

    private final BlockingQueue<StorageToken.Call> calls = new LinkedBlockingQueue<>();
    private final StorageToken token = new StorageToken(calls);

    @Test
    void answerComesBackToItsCall() throws Exception {
        CompletableFuture<StorageResponse> first = sendInBackground(REQUEST);
        StorageToken.Call firstCall = nextCall();
        CompletableFuture<StorageResponse> second = sendInBackground(StorageRequest.of(Method.DELETE, "notes"));
        StorageToken.Call secondCall = nextCall();

        secondCall.answer(new StorageResponse(204, Optional.empty(), Optional.empty(), ""));
        firstCall.answer(ANSWER);

        assertThat(firstCall.request()).isSameAs(REQUEST);
        assertThat(first.get()).isEqualTo(ANSWER);
        assertThat(second.get().status()).isEqualTo(204);
    }

    @Test
    void refusalIsThrownInTheCall() throws Exception {
        CompletableFuture<StorageResponse> sent = sendInBackground(REQUEST);

        nextCall().fail(new StorageException("not your collection"));

        assertThatThrownBy(sent::get)
                .isInstanceOf(ExecutionException.class)
                .cause()
                .isInstanceOf(StorageException.class)
                .hasMessage("not your collection");
    }

    @Test
    void revokingWakesACallThatNobodyAnswers() throws Exception {
        CompletableFuture<StorageResponse> sent = sendInBackground(REQUEST);
        nextCall();

        token.revoke();
        token.revoke();

        assertThatThrownBy(sent::get)
                .cause()
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("revoked");
    }

    @Test
    void callAfterRevocationIsRefusedAndNotQueued() {
        token.revoke();

        assertThatThrownBy(() -> token.send(REQUEST))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("revoked");
        assertThat(calls).isEmpty();
    }

    @Test
    void answerThatCameBeforeRevocationIsStillGiven() throws Exception {
        StorageToken immediate = new StorageToken(new LinkedBlockingQueue<>() {
            private static final long serialVersionUID = 1L;

            @Override
            public void put(StorageToken.Call call) {
                call.answer(ANSWER);
            }
        });

        assertThat(immediate.send(REQUEST)).isEqualTo(ANSWER);
    }

    @Test
    void interruptEndsAWaitingCall() throws Exception {
        CompletableFuture<Throwable> thrown = new CompletableFuture<>();
        Thread engine = new Thread(() -> {
            try {
                token.send(REQUEST);
                thrown.complete(null);
            } catch (StorageException | InterruptedException e) {
                thrown.complete(e);
            }
        });
        engine.start();
        nextCall();

        engine.interrupt();

        assertThat(thrown.get()).isInstanceOf(InterruptedException.class);
    }

    @Test
    void tokenHoldsAQueueAndNothingOfTheManager() {
        assertThat(StorageToken.class.getDeclaredFields())
                .filteredOn(field -> !field.isSynthetic() && !Modifier.isStatic(field.getModifiers()))
                .extracting(Field::getType)
                .containsExactlyInAnyOrder(BlockingQueue.class, boolean.class);
        assertThat(token).hasToString("StorageToken");
    }

    private CompletableFuture<StorageResponse> sendInBackground(StorageRequest request) {
        CompletableFuture<StorageResponse> result = new CompletableFuture<>();
        Thread engine = new Thread(() -> {
            try {
                result.complete(token.send(request));
            } catch (StorageException | InterruptedException e) {
                result.completeExceptionally(e);
            }
        });
        engine.setDaemon(true);
        engine.start();
        return result;
    }

    private StorageToken.Call nextCall() throws InterruptedException {
        StorageToken.Call call = calls.poll(20, TimeUnit.SECONDS);
        assertThat(call).isNotNull();
        return call;
    }
}
