// SPDX-License-Identifier: Apache-2.0
package io.heddle.manager.reconcile;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;

/**
 * The engines of Firefox and the versions of their record formats. A meta/global without an entry for one of them disables
 * it on desktop, silently (Mozilla bug 1479929), and one with an entry enables it, unasked.
 */
final class KnownEngines {

    private static final Map<String, Integer> VERSIONS = versions();
    private static final Set<String> OFF_AT_FIRST = Set.of("addresses", "creditcards");

    private KnownEngines() {}

    /** {@return all of them, and their versions} */
    static Map<String, Integer> all() {
        return VERSIONS;
    }

    /** Whether it is off in a new Firefox, until a person turns it on there; then Firefox enters it itself. */
    static boolean isOffAtFirst(String name) {
        return OFF_AT_FIRST.contains(name);
    }

    static OptionalInt versionOf(String name) {
        Integer version = VERSIONS.get(name);
        return version == null ? OptionalInt.empty() : OptionalInt.of(version);
    }

    private static Map<String, Integer> versions() {
        Map<String, Integer> versions = new LinkedHashMap<>();
        versions.put("clients", 1);
        versions.put("bookmarks", 2);
        versions.put("history", 1);
        versions.put("passwords", 1);
        versions.put("tabs", 1);
        versions.put("forms", 1);
        versions.put("prefs", 2);
        versions.put("addons", 1);
        versions.put("addresses", 1);
        versions.put("creditcards", 1);
        versions.put("extension-storage", 1);
        return Collections.unmodifiableMap(versions);
    }
}
