// SPDX-License-Identifier: Apache-2.0
package io.heddle.manager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heddle.manager.reconcile.EngineSpec;
import java.util.AbstractList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class EnginePropertiesTest {

    private static final String NAME = "sync.engine.name";
    private static final String COLLECTIONS = "sync.engine.collections";
    private static final String VERSION = "sync.engine.version";
    private static final String GROUP = "sync.engine.group";

    @Test
    void whatTheTypedAnnotationSetsIsRead() {
        EngineSpec spec = specOf(
                Map.of(NAME, "notes", COLLECTIONS, new String[] {"notes", "notes-files"}, VERSION, 3, GROUP, "texts"));

        assertThat(spec).isEqualTo(new EngineSpec("notes", List.of("notes", "notes-files"), 3, "texts"));
    }

    @Test
    void oneStringOrAListIsAsGoodAsAnArray() {
        EngineSpec expected = new EngineSpec("notes", List.of("notes"), 1, "");

        assertThat(specOf(Map.of(NAME, "notes", COLLECTIONS, "notes"))).isEqualTo(expected);
        assertThat(specOf(Map.of(NAME, "notes", COLLECTIONS, List.of("notes")))).isEqualTo(expected);
        assertThat(specOf(Map.of(NAME, "notes", COLLECTIONS, Collections.singleton("notes"), GROUP, "")))
                .isEqualTo(expected);
    }

    /** The protocol reserves no other names; these are a record of crypto and parts of paths. */
    @ParameterizedTest
    @ValueSource(strings = {"keys", "info", "storage", "global", "passwords", ".a", "a.", "---"})
    void ordinaryNamesAreTaken(String name) {
        assertThat(specOf(Map.of(NAME, name, COLLECTIONS, name)).name()).isEqualTo(name);
    }

    static Stream<Arguments> wrong() {
        return Stream.of(
                Arguments.of(NAME, null, "found nothing"),
                Arguments.of(NAME, 7, "found 7"),
                Arguments.of(NAME, "", "found "),
                Arguments.of(NAME, "..", "found .."),
                Arguments.of(NAME, "../meta", "found ../meta"),
                Arguments.of(NAME, "meta%2fglobal", "found meta%2fglobal"),
                Arguments.of(NAME, "a?b", "found a?b"),
                Arguments.of(NAME, "a#b", "found a#b"),
                Arguments.of(NAME, "a\nWARN forged", "found a?WARN forged"),
                Arguments.of(NAME, "a\u2028b", "found a?b"),
                Arguments.of(NAME, "nötes", "found nötes"),
                Arguments.of(NAME, "a".repeat(33), "found " + "a".repeat(33)),
                Arguments.of(NAME, "x".repeat(10_000_000), "…"),
                Arguments.of(NAME, "Crypto", "belongs to the manager"),
                Arguments.of(NAME, "default-key", "belongs to the manager"),
                Arguments.of(COLLECTIONS, null, "found nothing"),
                Arguments.of(COLLECTIONS, new String[0], "at least one collection"),
                Arguments.of(COLLECTIONS, List.of("a", 1), "found 1"),
                Arguments.of(COLLECTIONS, new Object[] {"a", null}, "found nothing"),
                Arguments.of(COLLECTIONS, 1L, "found 1"),
                Arguments.of(COLLECTIONS, new String[] {"a", "a"}, "twice"),
                Arguments.of(COLLECTIONS, new String[] {"a", "A"}, "twice"),
                Arguments.of(COLLECTIONS, new String[] {"a", "meta"}, "meta belongs to the manager"),
                Arguments.of(COLLECTIONS, "CRYPTO", "belongs to the manager"),
                Arguments.of(COLLECTIONS, "clients", "belongs to the manager"),
                Arguments.of(COLLECTIONS, "a/b", "no collection can have the name a/b"),
                Arguments.of(
                        COLLECTIONS,
                        IntStream.range(0, 33).mapToObj(i -> "c" + i).toArray(String[]::new),
                        "more than 32"),
                Arguments.of(COLLECTIONS, new Hostile(), "found an object of"),
                Arguments.of(VERSION, 0, "found 0"),
                Arguments.of(VERSION, -3, "found -3"),
                Arguments.of(VERSION, 1L, "found 1"),
                Arguments.of(VERSION, "1", "found 1"),
                Arguments.of(GROUP, 1, "found 1"),
                Arguments.of(GROUP, "two words", "found two words"),
                Arguments.of(GROUP, new Hostile(), "found an object of"));
    }

    @ParameterizedTest
    @MethodSource("wrong")
    void whatIsWrongIsRefusedByNameOfTheProperty(String property, Object value, String complaint) {
        Map<String, Object> properties = new HashMap<>(Map.of(NAME, "notes", COLLECTIONS, "notes"));
        properties.put(property, value);

        assertThatThrownBy(() -> EngineProperties.specOf(properties::get))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(property)
                .hasMessageContaining(complaint)
                .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(200).doesNotContain("\n"));
        assertThat(EngineProperties.nameOf(properties::get)).hasSizeLessThan(42).doesNotContain("\n");
    }

    private static EngineSpec specOf(Map<String, Object> properties) {
        return EngineProperties.specOf(properties::get);
    }

    /** A value of the engine's own class: nothing of it may be called. */
    private static final class Hostile extends AbstractList<String> {
        @Override
        public String get(int index) {
            throw new AssertionError("the engine's code was called");
        }

        @Override
        public int size() {
            throw new AssertionError("the engine's code was called");
        }

        @Override
        public String toString() {
            throw new AssertionError("the engine's code was called");
        }

        @Override
        public boolean equals(Object other) {
            throw new AssertionError("the engine's code was called");
        }

        @Override
        public int hashCode() {
            throw new AssertionError("the engine's code was called");
        }
    }
}
