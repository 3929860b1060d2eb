// SPDX-License-Identifier: Apache-2.0
package io.heddle.manager.flow;

import io.heddle.engine.record.RecordEngine;
import io.heddle.engine.record.RecordSession;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Iterator;
import java.util.concurrent.Callable;

/** Puts something between the manager and a record engine: one method of its, of its session's or its iterator's. */
final class Intercepted {

    /** What a call does instead. */
    @FunctionalInterface
    interface Behaviour {
        Object instead(Callable<Object> original) throws Throwable;
    }

    private final String method;
    private final Behaviour behaviour;

    private Intercepted(String method, Behaviour behaviour) {
        this.method = method;
        this.behaviour = behaviour;
    }

    static RecordEngine engine(RecordEngine engine, String method, Behaviour behaviour) {
        return new Intercepted(method, behaviour).wrap(RecordEngine.class, engine);
    }

    private <T> T wrap(Class<T> type, T original) {
        return type.cast(Proxy.newProxyInstance(
                Intercepted.class.getClassLoader(), new Class<?>[] {type}, (proxy, called, arguments) -> {
                    Callable<Object> call = () -> {
                        try {
                            return called.invoke(original, arguments);
                        } catch (InvocationTargetException e) {
                            if (e.getCause() instanceof Exception exception) {
                                throw exception;
                            }
                            throw e;
                        }
                    };
                    Object result = called.getName().equals(method) ? behaviour.instead(call) : call.call();
                    if (result instanceof RecordSession session) {
                        return wrap(RecordSession.class, session);
                    }
                    return result instanceof Iterator<?> iterator ? wrap(Iterator.class, iterator) : result;
                }));
    }
}
