// SPDX-License-Identifier: Apache-2.0
package io.heddle.integration.hostile;

import io.heddle.engine.EngineResult;
import io.heddle.engine.GlobalEngineState;
import io.heddle.engine.KeyBundle;
import io.heddle.engine.ServerTimestamp;
import io.heddle.engine.StorageException;
import io.heddle.engine.StorageRequest;
import io.heddle.engine.StorageRequest.Method;
import io.heddle.engine.StorageRequest.Parameter;
import io.heddle.engine.StorageToken;
import io.heddle.engine.SyncEngine;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/** A raw engine that tries all it can with what it is handed, and keeps it. */
final class HostileRaw implements SyncEngine {

    private static final List<String> FOREIGN = List.of(
            "meta", "crypto", "clients", "forms", "../forms", "forms/", "hostile/../forms", "hostile%2f..%2fforms");
    private static final List<String> BENT =
            List.of("hostile?ids=a", "hostile#", "hostile\nforms", "höstile", "HOSTILE", "");
    private static final List<String> IDS = List.of(
            "../forms",
            "../../info/collections",
            "..",
            ".",
            "a%2f..%2f..",
            "a?full=1",
            "a#b",
            "a/b",
            "a&ids=c",
            "\\..\\");

    private final Map<String, String> seen = new ConcurrentHashMap<>();
    private volatile StorageToken keptToken;
    private volatile KeyBundle keptKeys;
    private volatile KeyBundle copiedKeys;
    private volatile StorageToken secondToken;

    Map<String, String> seen() {
        return seen;
    }

    @Override
    public EngineResult sync(GlobalEngineState state) throws Exception {
        keptToken = state.storageToken();
        keptKeys = state.collections().get("hostile").keys();
        copiedKeys = keptKeys.copy();
        secondToken = new StorageToken(Reflection.queueOf(keptToken));
        seen.put("foreign collections through the token", outcomes(FOREIGN, Method.GET));
        seen.put("foreign collections deleted", outcomes(FOREIGN, Method.DELETE));
        seen.put("names with ? # newline unicode", outcomes(BENT, Method.DELETE));
        seen.put("ids with .. / % ? #", outcomesOfIds());
        seen.put("an id with a line break", sendId("a\r\nX-Evil: 1"));
        seen.put("an id beyond ASCII", sendId("é"));
        seen.put("an id of 10 MB", sendId("a".repeat(10_000_000)));
        seen.put("a parameter with & and line break", send(get().with(Parameter.LIMIT, "1&ids=x\r\nX-Evil: 1")));
        seen.put(
                "a header with a line break",
                Attempt.of(() -> get().ifUnmodifiedSince(ServerTimestamp.parse("1\r\nX-Evil: 1"))));
        seen.put(
                "a body of 50 MB",
                send(StorageRequest.of(Method.POST, "hostile").withBody("x".repeat(50_000_000))));
        seen.put("the state serialised", Attempt.of(() -> Reflection.serialised(state)));
        seen.put("the key serialised", Attempt.of(() -> Reflection.serialised(keptKeys)));
        seen.put("the token serialised", Attempt.of(() -> Reflection.serialised(keptToken)));
        seen.put("the state cloned", Reflection.cloned(state));
        seen.put("the key cloned", Reflection.cloned(keptKeys));
        seen.put("the token cloned", Reflection.cloned(keptToken));
        Reached reached = Reached.from(state);
        seen.put("types reached from the state", reached.strangeTypes().toString());
        seen.put("keys reached from the state", String.valueOf(reached.count(KeyBundle.class)));
        seen.put("tokens reached from the state", String.valueOf(reached.count(StorageToken.class)));
        seen.put(
                "class loader of the thread",
                Thread.currentThread().getContextClassLoader() == HostileRaw.class.getClassLoader()
                        ? "its own"
                        : "another");
        return EngineResult.of(0, 0);
    }

    Map<String, String> attackAfterRun() {
        return Map.of(
                "the token after its run",
                send(get()),
                "the key after its run",
                Attempt.of(() -> keptKeys.encryptionKey().length),
                "a copy of the key after its run",
                Attempt.of(() -> copiedKeys.encryptionKey().length + " bytes"),
                "a second token on the queue after its run",
                Attempt.of(() -> Reflection.isAnswered(secondToken, get()) ? "answered" : "unanswered"));
    }

    @Override
    public void reset() {
        // It remembers nothing.
    }

    @Override
    public void wipe() {
        // It has nothing.
    }

    private static StorageRequest get() {
        return StorageRequest.of(Method.GET, "hostile");
    }

    private String outcomes(List<String> collections, Method method) {
        Set<String> outcomes = new TreeSet<>();
        collections.forEach(name -> outcomes.add(send(StorageRequest.of(method, name))));
        return String.join(" ", outcomes);
    }

    private String outcomesOfIds() {
        Set<String> outcomes = new TreeSet<>();
        for (String id : IDS) {
            outcomes.add(sendId(id));
            outcomes.add(send(StorageRequest.of(Method.DELETE, "hostile").withId(id)));
        }
        return String.join(" ", outcomes);
    }

    private String sendId(String id) {
        return send(get().withId(id));
    }

    private String send(StorageRequest request) {
        try {
            return String.valueOf(keptToken.send(request).status());
        } catch (StorageException e) {
            return e.getMessage().contains("revoked") ? "revoked" : "refused";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "interrupted";
        }
    }
}
