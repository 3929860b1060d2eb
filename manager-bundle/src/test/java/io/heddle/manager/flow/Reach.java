// SPDX-License-Identifier: Apache-2.0
package io.heddle.manager.flow;

import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** All objects that can be reached from some, through every field that reflection can read. */
record Reach(Set<Object> objects) {

    static Reach from(List<Object> roots) {
        Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        List<Object> waiting = new ArrayList<>(roots);
        while (!waiting.isEmpty()) {
            Object object = waiting.remove(waiting.size() - 1);
            if (!seen.add(object)) {
                continue;
            }
            if (object instanceof Object[] array) {
                addAll(waiting, List.of(array));
            } else if (object instanceof Map<?, ?> map) {
                addAll(waiting, map.keySet());
                addAll(waiting, map.values());
            } else if (object instanceof Iterable<?> many) {
                many.forEach(waiting::add);
            } else if (object instanceof Optional<?> optional) {
                optional.ifPresent(waiting::add);
            } else if (object instanceof Throwable failure) {
                addAll(waiting, List.of(failure.getSuppressed()));
                if (failure.getCause() != null) {
                    waiting.add(failure.getCause());
                }
            } else if (object instanceof Thread thread && thread.getContextClassLoader() != null) {
                waiting.add(thread.getContextClassLoader());
            }
            addFields(object, waiting);
        }
        return new Reach(seen);
    }

    private static void addAll(List<Object> waiting, Iterable<?> more) {
        more.forEach(waiting::add);
    }

    private static void addFields(Object object, List<Object> waiting) {
        for (Class<?> type = object.getClass(); type != null; type = type.getSuperclass()) {
            for (Field field : type.getDeclaredFields()) {
                // Static ones too, but for those of the platform, which it keeps closed.
                if (!field.getType().isPrimitive() && field.trySetAccessible()) {
                    try {
                        Object value = field.get(object);
                        if (value != null) {
                            waiting.add(value);
                        }
                    } catch (IllegalAccessException e) {
                        throw new AssertionError(e);
                    }
                }
            }
        }
    }

    List<Class<?>> types() {
        List<Class<?>> types = new ArrayList<>();
        objects.forEach(object -> types.add(object.getClass()));
        return types.stream().distinct().toList();
    }

    <T> List<T> all(Class<T> type) {
        return objects.stream().filter(type::isInstance).map(type::cast).toList();
    }

    static boolean isOfTheApiOrThePlatform(Class<?> type) {
        Class<?> element = type;
        while (element.isArray()) {
            element = element.getComponentType();
        }
        String name = element.getName();
        return name.startsWith("io.heddle.engine.")
                || element.isPrimitive()
                || element.getClassLoader() == null
                || element.getClassLoader() == ClassLoader.getPlatformClassLoader();
    }
}
