// SPDX-License-Identifier: Apache-2.0
package io.heddle.manager;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.heddle.engine.KeyBundle;
import io.heddle.manager.crypto.BsoCipher;
import io.heddle.manager.crypto.HawkCredentials;
import io.heddle.manager.crypto.RecordCodec;
import io.heddle.manager.wire.CryptoKeys;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Walks the manager's types that hold secrets, through the objects of ours that they are made of. */
class SecretsTest {

    private static final String SECRET = "SeCrEt-0123456789-abcdefghijklm!";

    private static List<AutoCloseable> secrets() {
        return List.of(
                new BsoCipher(bundle()),
                new RecordCodec(bundle()),
                new HawkCredentials("an-id", SECRET),
                CryptoKeys.of(bundle(), Map.of("notes", bundle())));
    }

    @Test
    void secretsPrintTheirTypeNameOnly() {
        for (AutoCloseable secret : secrets()) {
            assertThat(secret.toString()).isEqualTo(secret.getClass().getSimpleName());
            assertThat(secret.getClass().isRecord()).isFalse();
        }
    }

    @Test
    void closingErasesEveryKeyThatIsHeld() throws Exception {
        for (AutoCloseable secret : secrets()) {
            List<byte[]> keys = keysWithin(secret);
            assertThat(keys).as(secret.toString()).isNotEmpty();

            secret.close();

            assertThat(keys).as(secret.toString()).allMatch(key -> Arrays.equals(key, new byte[key.length]));
            assertThat(keysWithin(secret)).as(secret.toString()).isEmpty();
        }
    }

    /** All arrays with the secret in them; no string may hold it. */
    private static List<byte[]> keysWithin(Object root) throws IllegalAccessException {
        List<byte[]> keys = new ArrayList<>();
        Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        Deque<Object> waiting = new ArrayDeque<>(List.of(root));
        while (!waiting.isEmpty()) {
            Object object = waiting.pop();
            if (!seen.add(object)) {
                continue;
            }
            if (object instanceof byte[] bytes) {
                if (new String(bytes, US_ASCII).contains(SECRET)) {
                    keys.add(bytes);
                }
            } else if (object instanceof String text) {
                assertThat(text).doesNotContain(SECRET);
            } else if (object instanceof Map<?, ?> map) {
                waiting.addAll(map.values());
            } else if (object.getClass().getName().startsWith("io.heddle.")) {
                addFields(object, waiting);
            }
        }
        return keys;
    }

    private static void addFields(Object object, Deque<Object> waiting) throws IllegalAccessException {
        for (Field field : object.getClass().getDeclaredFields()) {
            if (!Modifier.isStatic(field.getModifiers()) && !field.getType().isPrimitive()) {
                field.setAccessible(true);
                if (field.get(object) != null) {
                    waiting.add(field.get(object));
                }
            }
        }
    }

    private static KeyBundle bundle() {
        return new KeyBundle(SECRET.getBytes(US_ASCII), SECRET.getBytes(US_ASCII));
    }
}
