// SPDX-License-Identifier: Apache-2.0
package io.heddle.engine;

import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * The capability to read and write an engine's own collections while the manager signs the requests.
 *
 * <p>It holds no credentials and no object of the manager: a request is a message in a queue, and the answer comes back
 * as one. The manager refuses a collection that is not the engine's before anything leaves, and revokes the token when
 * the engine's run is over.
 *
 * <p><b>Threading:</b> {@link #send} may be called by several threads; each call waits for its own answer. Nothing that
 * the manager calls here takes a lock, or calls an object that an engine could have put in its place by reflection.
 */
public final class StorageToken {

    /** Whoever waits looks so often whether the token was revoked: nobody can be asked to wake the waiting. */
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private final BlockingQueue<Call> calls;
    private volatile boolean revoked;

    /**
     * Makes a token whose requests somebody takes from the queue and answers.
     *
     * @param calls where requests are put
     */
    public StorageToken(BlockingQueue<Call> calls) {
        this.calls = Objects.requireNonNull(calls, "calls");
    }

    /**
     * Sends one request and waits for its answer.
     *
     * @param request for one of the engine's own collections
     * @return the answer, whatever its status, but for the cases below
     * @throws StorageException when the request was refused, the token is revoked, the server could not be reached, or
     *     the server no longer accepts the account's token (401): the engine should give up, the manager takes care
     * @throws InterruptedException when the run was cancelled
     */
    public StorageResponse send(StorageRequest request) throws StorageException, InterruptedException {
        Call call = new Call(request);
        if (revoked) {
            throw revokedException();
        }
        calls.put(call);
        while (true) {
            if (call.response != null) {
                return call.response;
            }
            if (call.failure != null) {
                throw call.failure;
            }
            if (revoked) {
                throw revokedException();
            }
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            LockSupport.parkNanos(LOOK_NANOS);
        }
    }

    /** Ends the capability: every waiting and every later call fails. Revoking twice is fine. */
    public void revoke() {
        revoked = true;
    }

    private static StorageException revokedException() {
        return new StorageException("the storage token was revoked: the engine's run is over");
    }

    @Override
    public String toString() {
        return "StorageToken";
    }

    /** One request on its way to the manager, and the place for its answer. */
    public static final class Call {
        private final StorageRequest request;
        private final Thread sender = Thread.currentThread();
        private volatile StorageResponse response;
        private volatile StorageException failure;

        private Call(StorageRequest request) {
            this.request = Objects.requireNonNull(request, "request");
        }

        /** {@return what is asked for} */
        public StorageRequest request() {
            return request;
        }

        /**
         * Hands the answer to the waiting engine.
         *
         * @param answer what the server said
         */
        public void answer(StorageResponse answer) {
            response = answer;
            LockSupport.unpark(sender);
        }

        /**
         * Lets the waiting engine's call fail.
         *
         * @param reason what went wrong; it must name no secret
         */
        public void fail(StorageException reason) {
            failure = reason;
            LockSupport.unpark(sender);
        }
    }
}
