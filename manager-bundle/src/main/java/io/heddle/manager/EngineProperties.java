// SPDX-License-Identifier: Apache-2.0
package io.heddle.manager;

import io.heddle.engine.SyncEngineService;
import io.heddle.manager.engines.EngineGrants;
import io.heddle.manager.reconcile.EngineSpec;
import io.heddle.manager.state.Grants;
import io.heddle.manager.storage.StorageRoute;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * Reads the service properties of an engine. They may hold objects of the engine's own classes: no method of such an object
 * is called, not even {@code toString}.
 */
final class EngineProperties {

    /** An engine with more of them has made a mistake, or means harm. */
    private static final int COLLECTIONS_OF_AN_ENGINE = 32;

    private static final int SHOWN_CHARACTERS = 40;

    private EngineProperties() {}

    /**
     * What the properties say.
     *
     * @throws IllegalArgumentException naming the property that is not as it must be
     */
    static EngineSpec specOf(Function<String, Object> properties) {
        Object name = properties.apply(SyncEngineService.NAME);
        if (!(name instanceof String text) || !StorageRoute.isCollectionName(text)) {
            throw wrong(SyncEngineService.NAME, "1 to 32 letters, digits, dots, underscores or dashes", name);
        }
        if (EngineGrants.isReserved(text)) {
            throw new IllegalArgumentException(SyncEngineService.NAME + ": " + text + " belongs to the manager");
        }
        List<String> collections = collectionsOf(properties);
        return new EngineSpec(text, collections, versionOf(properties), groupOf(properties));
    }

    /** The name, as far as there is one that can be shown. */
    static String nameOf(Function<String, Object> properties) {
        return properties.apply(SyncEngineService.NAME) instanceof String text ? shown(text) : "";
    }

    private static List<String> collectionsOf(Function<String, Object> properties) {
        Object property = properties.apply(SyncEngineService.COLLECTIONS);
        List<String> collections = strings(property);
        Set<String> seen = new HashSet<>();
        for (String collection : collections) {
            if (!StorageRoute.isCollectionName(collection)) {
                throw new IllegalArgumentException(
                        SyncEngineService.COLLECTIONS + ": no collection can have the name " + shown(collection));
            }
            if (EngineGrants.isReserved(collection)) {
                throw new IllegalArgumentException(
                        SyncEngineService.COLLECTIONS + ": " + collection + " belongs to the manager");
            }
            if (!seen.add(Grants.canonical(collection))) {
                throw new IllegalArgumentException(
                        SyncEngineService.COLLECTIONS + " names the collection " + collection + " twice");
            }
        }
        return collections;
    }

    private static int versionOf(Function<String, Object> properties) {
        Object version = properties.apply(SyncEngineService.VERSION);
        if (version == null) {
            return 1;
        }
        if (!(version instanceof Integer number) || number < 1) {
            throw wrong(SyncEngineService.VERSION, "an Integer from 1", version);
        }
        return number;
    }

    private static String groupOf(Function<String, Object> properties) {
        Object group = properties.apply(SyncEngineService.GROUP);
        if (group == null || "".equals(group)) {
            return "";
        }
        if (!(group instanceof String text) || !StorageRoute.isCollectionName(text)) {
            throw wrong(SyncEngineService.GROUP, "a name", group);
        }
        return text;
    }

    /** Service properties hold one value, an array or a collection alike. */
    private static List<String> strings(Object property) {
        Collection<?> values;
        if (property instanceof Object[] array) {
            values = Arrays.asList(array);
        } else if (property instanceof Collection<?> many && isOfThePlatform(many)) {
            values = many;
        } else if (property instanceof String one) {
            values = List.of(one);
        } else {
            throw wrong(SyncEngineService.COLLECTIONS, "a String[]", property);
        }
        List<String> strings = new ArrayList<>();
        for (Object value : values) {
            if (!(value instanceof String text)) {
                throw wrong(SyncEngineService.COLLECTIONS, "a String[]", value);
            }
            strings.add(text);
            if (strings.size() > COLLECTIONS_OF_AN_ENGINE) {
                throw new IllegalArgumentException(SyncEngineService.COLLECTIONS + " names more than "
                        + COLLECTIONS_OF_AN_ENGINE + " collections");
            }
        }
        if (strings.isEmpty()) {
            throw wrong(SyncEngineService.COLLECTIONS, "at least one collection", property);
        }
        return strings;
    }

    private static boolean isOfThePlatform(Object object) {
        return object.getClass().getClassLoader() == null;
    }

    private static IllegalArgumentException wrong(String property, String expected, Object found) {
        return new IllegalArgumentException(property + " must be " + expected + ", found " + describe(found));
    }

    private static String describe(Object value) {
        if (value == null) {
            return "nothing";
        }
        if (value instanceof String || value instanceof Number && isOfThePlatform(value)) {
            return shown(value.toString());
        }
        return "an object of " + value.getClass().getTypeName();
    }

    /** What somebody else wrote, fit for a line of a log. */
    private static String shown(String text) {
        String printable = text.substring(0, Math.min(text.length(), SHOWN_CHARACTERS + 1))
                .replaceAll("[\\p{Cntrl}\\u2028\\u2029]", "?");
        return printable.length() <= SHOWN_CHARACTERS ? printable : printable.substring(0, SHOWN_CHARACTERS) + "…";
    }
}
