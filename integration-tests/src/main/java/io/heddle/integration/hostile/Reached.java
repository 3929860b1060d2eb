// SPDX-License-Identifier: Apache-2.0
package io.heddle.integration.hostile;

import java.lang.reflect.Field;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** All objects that reflection finds from one on. */
final class Reached {

    private static final String VALUES = "io.heddle.engine.";
    /** What of the platform leads nowhere, or is looked into as a collection. */
    private static final List<Class<?>> HARMLESS = List.of(
            CharSequence.class,
            Number.class,
            Boolean.class,
            Enum.class,
            Duration.class,
            Pattern.class,
            String.CASE_INSENSITIVE_ORDER.getClass(),
            Optional.class,
            Map.class,
            Collection.class);

    private final Set<Object> known = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Deque<Object> waiting = new ArrayDeque<>();

    private Reached() {}

    static Reached from(Object root) throws IllegalAccessException {
        Reached reached = new Reached();
        reached.waiting.add(root);
        while (!reached.waiting.isEmpty()) {
            Object object = reached.waiting.pop();
            if (reached.known.add(object)) {
                reached.lookInto(object);
            }
        }
        return reached;
    }

    /** The types that are neither values of the API nor harmless ones of the platform. */
    Set<String> strangeTypes() {
        Set<String> types = new TreeSet<>();
        for (Object object : known) {
            Class<?> type = object.getClass();
            boolean isValue = type.getName().startsWith(VALUES) || type.isArray();
            if (!isValue && HARMLESS.stream().noneMatch(harmless -> harmless.isInstance(object))) {
                types.add(type.getName());
            }
        }
        return types;
    }

    long count(Class<?> type) {
        return known.stream().filter(type::isInstance).count();
    }

    private void lookInto(Object object) throws IllegalAccessException {
        if (object instanceof Map<?, ?> map) {
            waiting.addAll(map.keySet());
            waiting.addAll(map.values());
        } else if (object instanceof Iterable<?> many) {
            many.forEach(waiting::push);
        } else if (object instanceof Optional<?> maybe) {
            maybe.ifPresent(waiting::push);
        } else if (object instanceof Object[] array) {
            for (Object element : array) {
                if (element != null) {
                    waiting.push(element);
                }
            }
        }
        for (Class<?> type = object.getClass(); type != null; type = type.getSuperclass()) {
            for (Field field : type.getDeclaredFields()) {
                if (!field.getType().isPrimitive() && field.trySetAccessible() && field.get(object) != null) {
                    waiting.push(field.get(object));
                }
            }
        }
    }
}
