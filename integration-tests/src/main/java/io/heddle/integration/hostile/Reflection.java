// SPDX-License-Identifier: Apache-2.0
package io.heddle.integration.hostile;

import io.heddle.engine.StorageRequest;
import io.heddle.engine.StorageToken;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.BlockingQueue;

/** Ways to another object like the one that is at hand, against the will of its class. */
final class Reflection {

    private static final long PATIENCE_MILLIS = 2_000;

    private Reflection() {}

    static int serialised(Object object) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(object);
        }
        return bytes.size();
    }

    /** What comes of each clone() of the object's classes and of each constructor that takes one like it. */
    static String cloned(Object object) {
        Set<String> outcomes = new TreeSet<>();
        for (Class<?> type = object.getClass(); type != null; type = type.getSuperclass()) {
            for (Method method : type.getDeclaredMethods()) {
                if (method.getName().equals("clone") && method.getParameterCount() == 0) {
                    outcomes.add(Attempt.of(() -> {
                        method.setAccessible(true);
                        return "by " + method + ": " + method.invoke(object);
                    }));
                }
            }
        }
        for (Constructor<?> constructor : object.getClass().getDeclaredConstructors()) {
            if (constructor.getParameterCount() == 1 && constructor.getParameterTypes()[0].isInstance(object)) {
                outcomes.add(Attempt.of(() -> {
                    constructor.setAccessible(true);
                    return "by " + constructor + ": " + constructor.newInstance(object);
                }));
            }
        }
        return String.join(" ", outcomes);
    }

    /** The queue that a token puts its requests into. */
    @SuppressWarnings("unchecked")
    static BlockingQueue<StorageToken.Call> queueOf(StorageToken token) throws ReflectiveOperationException {
        Field calls = StorageToken.class.getDeclaredField("calls");
        calls.setAccessible(true);
        return (BlockingQueue<StorageToken.Call>) calls.get(token);
    }

    /** Whether anybody takes a token's request within the time that a server of this machine needs many times over. */
    static boolean isAnswered(StorageToken token, StorageRequest request) throws Exception {
        Thread sender = new Thread(() -> Attempt.of(() -> token.send(request)), "hostile-sender");
        sender.setDaemon(true);
        sender.start();
        sender.join(PATIENCE_MILLIS);
        boolean answered = !sender.isAlive() || queueOf(token).isEmpty();
        token.revoke();
        return answered;
    }
}
