// SPDX-License-Identifier: Apache-2.0
package io.heddle.manager.engines.run;

import io.heddle.api.CommandStatus;
import io.heddle.api.EngineOutcome;
import io.heddle.engine.CollectionInfo;
import io.heddle.engine.CollectionState;
import io.heddle.engine.Command;
import io.heddle.engine.EngineResult;
import io.heddle.engine.GlobalEngineState;
import io.heddle.engine.KeyBundle;
import io.heddle.engine.ServerTimestamp;
import io.heddle.engine.StorageException;
import io.heddle.engine.StorageRequest;
import io.heddle.engine.StorageResponse;
import io.heddle.engine.StorageToken;
import io.heddle.engine.SyncEngine;
import io.heddle.manager.engines.RunContext;
import io.heddle.manager.failure.EngineFailure;
import io.heddle.manager.failure.SyncException;
import io.heddle.manager.reconcile.EngineSpec;
import io.heddle.manager.storage.StorageRoute;
import io.heddle.manager.storage.Waiting;
import io.heddle.manager.storage.http.HttpReply;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One run of a {@link SyncEngine}: it transfers by itself, and the manager answers the requests of its storage token. */
final class TokenEngineRun {

    private static final Logger LOG = LoggerFactory.getLogger(TokenEngineRun.class);

    /** All engines share the connections; what is asked for beyond that waits. */
    private static final int OPEN_REQUESTS = 4;

    /** Taking up a request waits for nobody. */
    private static final Duration LAST_REQUEST = Duration.ofSeconds(2);

    private final SyncEngine engine;
    private final EngineSpec spec;
    private final RunContext context;
    private final RunScope scope;
    private final Semaphore mayBeOpen = new Semaphore(OPEN_REQUESTS);
    private final AtomicReference<SyncException> fatal = new AtomicReference<>();
    private List<Command> forOthers = List.of();

    TokenEngineRun(SyncEngine engine, EngineSpec spec, RunContext context, RunScope scope) {
        this.engine = engine;
        this.spec = spec;
        this.context = context;
        this.scope = scope;
    }

    /** The engine's commands for other devices, after its run. */
    List<Command> forOthers() {
        return forOthers;
    }

    EngineOutcome run(List<Command> commands) throws EngineFailure, SyncException {
        BlockingQueue<StorageToken.Call> calls = new LinkedBlockingQueue<>();
        StorageToken token = new StorageToken(calls);
        scope.own(token::revoke);
        Map<String, CollectionState> collections = new LinkedHashMap<>();
        for (String collection : spec.collections()) {
            KeyBundle keys = context.keys().keysFor(collection);
            scope.own(keys::destroy);
            collections.put(
                    collection,
                    new CollectionState(
                            new CollectionInfo(collection, context.info().lastModified(collection)),
                            Optional.ofNullable(context.syncIds().get(collection)),
                            keys,
                            collection.equals(spec.primaryCollection()) ? commands : List.of()));
        }
        Thread server = new Thread(null, () -> serve(calls), "heddle-token-" + spec.name(), 0, false);
        server.setContextClassLoader(null);
        server.setDaemon(true);
        server.start();
        try {
            scope.own(server::interrupt);
            GlobalEngineState state = new GlobalEngineState(context.handedConfig(), token, collections);
            scope.checkAlive();
            EngineResult result = scope.callLast("sync", () -> engine.sync(state));
            // Before all else: what the engine has done is done, however the run ends.
            settle(commands, result);
            scope.checkAlive();
            rethrowFatal();
            forOthers = requireItsOwn(result.commandsForOthers());
            List<String> failed = result.failedIds().stream().sorted().toList();
            return EngineOutcome.ran(result.incoming(), result.outgoing(), failed);
        } catch (EngineFailure e) {
            // The engine may have failed only because storage did.
            rethrowFatal();
            throw e;
        } finally {
            token.revoke();
            end(server);
        }
    }

    /** What the engine names and was not handed means nothing. */
    private void settle(List<Command> handed, EngineResult result) throws SyncException {
        for (Command command : handed) {
            boolean done = result.commandsDone().contains(command);
            CommandDelivery.settle(context, command, done ? CommandStatus.DONE : CommandStatus.WAITING);
        }
    }

    private List<Command> requireItsOwn(List<Command> commands) throws EngineFailure {
        for (Command command : commands) {
            if (!command.findArgument(0).filter(spec.name()::equals).isPresent()) {
                throw new EngineFailure(
                        "expected " + spec.name() + " as the first argument of " + command.name() + " for others");
            }
        }
        return commands;
    }

    /** Whoever waits for the end of the run must not see a request leave after it. */
    private static void end(Thread server) {
        server.interrupt();
        boolean interrupted = false;
        long deadline = System.nanoTime() + LAST_REQUEST.toNanos();
        for (long left = LAST_REQUEST.toNanos(); left > 0 && server.isAlive(); left = deadline - System.nanoTime()) {
            try {
                server.join(1 + left / 1_000_000);
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void rethrowFatal() throws SyncException {
        if (fatal.get() != null) {
            throw fatal.get();
        }
    }

    private void serve(BlockingQueue<StorageToken.Call> calls) {
        try {
            while (true) {
                mayBeOpen.acquire();
                if (!isOnItsWay(calls.take())) {
                    mayBeOpen.release();
                }
            }
        } catch (InterruptedException e) {
            // The run is over.
        }
    }

    private boolean isOnItsWay(StorageToken.Call call) {
        try {
            return answer(call);
        } catch (RuntimeException e) {
            // No call, or one bent by reflection: nobody but its sender waits for the answer.
            LOG.warn(
                    "engine {}: {} in the place of a request",
                    spec.name(),
                    e.getClass().getSimpleName());
            return false;
        }
    }

    /** Tells whether a request was sent; else the call has failed. */
    private boolean answer(StorageToken.Call call) {
        try {
            StorageRequest request = call.request();
            send(call, request.method().name(), routeOf(request));
            return true;
        } catch (IllegalArgumentException e) {
            call.fail(new StorageException(e.getMessage()));
        } catch (SyncException.Stopped | IllegalStateException e) {
            // The session may have been closed meanwhile.
            call.fail(new StorageException("the engine's run is over"));
        }
        return false;
    }

    private void send(StorageToken.Call call, String method, StorageRoute route) throws SyncException.Stopped {
        scope.checkAlive();
        StorageRequest request = call.request();
        CompletableFuture<HttpReply> sent =
                context.storage().pass(method, route, request.findIfUnmodifiedSince(), request.findBody());
        scope.timer().requestBegun();
        Runnable giveUp = () -> sent.cancel(true);
        sent.whenComplete((reply, failure) -> {
            mayBeOpen.release();
            scope.timer().requestEnded();
            scope.disown(giveUp);
            if (failure == null) {
                call.answer(responseOf(reply));
            } else {
                SyncException cause = Waiting.failure(failure, method + " " + route);
                fatal.compareAndSet(null, cause);
                call.fail(new StorageException(cause.getMessage()));
            }
        });
        own(giveUp);
        if (sent.isDone()) {
            scope.disown(giveUp);
        }
    }

    private void own(Runnable giveUp) {
        try {
            scope.own(giveUp);
        } catch (SyncException.Stopped e) {
            LOG.debug("engine {}: a request was given up as it began", spec.name());
        }
    }

    private StorageRoute routeOf(StorageRequest request) {
        // Asked for once: by reflection the engine could give another answer after the check.
        String collection = request.collection();
        if (!spec.collections().contains(collection)) {
            throw new IllegalArgumentException("the collection is not one of this engine's " + spec.collections());
        }
        long length = request.findBody().map(String::length).orElse(0);
        if (length > context.config().maxRequestBytes()) {
            throw new IllegalArgumentException("expected a body of at most "
                    + context.config().maxRequestBytes() + " bytes, found " + length + " characters");
        }
        StorageRoute route = request.findId()
                .map(id -> StorageRoute.record(collection, id))
                .orElseGet(() -> StorageRoute.collection(collection));
        for (Map.Entry<StorageRequest.Parameter, String> parameter :
                request.parameters().entrySet()) {
            route = route.with(parameter.getKey().name().toLowerCase(Locale.ROOT), parameter.getValue());
        }
        return route;
    }

    private static StorageResponse responseOf(HttpReply reply) {
        Optional<ServerTimestamp> lastModified = reply.head()
                .findHeader("X-Last-Modified")
                .flatMap(text -> {
                    try {
                        return Optional.of(ServerTimestamp.parse(text.trim()));
                    } catch (IllegalArgumentException e) {
                        return Optional.empty();
                    }
                });
        return new StorageResponse(
                reply.status(), lastModified, reply.head().findHeader("X-Weave-Next-Offset"), reply.body());
    }
}
