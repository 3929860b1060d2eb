// SPDX-License-Identifier: Apache-2.0
package io.heddle.manager.flow;

import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Walks from an object of the manager to those that it holds, through what lambdas have captured too. */
final class Reachable {

    private Reachable() {}

    static <T> List<T> from(Object root, Class<T> wanted) throws IllegalAccessException {
        List<T> found = new ArrayList<>();
        Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        Deque<Object> waiting = new ArrayDeque<>(List.of(root));
        while (!waiting.isEmpty()) {
            Object object = waiting.pop();
            if (!seen.add(object)) {
                continue;
            }
            if (wanted.isInstance(object)) {
                found.add(wanted.cast(object));
            }
            if (object instanceof Map<?, ?> map) {
                waiting.addAll(map.values());
            } else if (object instanceof Collection<?> collection) {
                waiting.addAll(collection);
            } else if (object instanceof Object[] array) {
                for (int i = 0; i < Array.getLength(array); i++) {
                    addIfAny(array[i], waiting);
                }
            } else if (object.getClass().getName().startsWith("io.heddle.manager.engines")) {
                addFields(object, waiting);
            }
        }
        return found;
    }

    private static void addFields(Object object, Deque<Object> waiting) throws IllegalAccessException {
        for (Field field : object.getClass().getDeclaredFields()) {
            // What a hidden class captured can be read all the same.
            if (!Modifier.isStatic(field.getModifiers()) && !field.getType().isPrimitive()) {
                field.setAccessible(true);
                addIfAny(field.get(object), waiting);
            }
        }
    }

    private static void addIfAny(Object object, Deque<Object> waiting) {
        if (object != null) {
            waiting.add(object);
        }
    }
}
