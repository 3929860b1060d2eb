// SPDX-License-Identifier: Apache-2.0
package io.heddle.api;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.heddle.api.account.Credentials;
import io.heddle.engine.KeyBundle;
import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Walks the types of the API that hold secrets. */
class SecretsTest {

    /** Recognisable in every notation. */
    private static final String SECRET = "SeCrEt-0123456789-abcdefghijklm!";

    private static List<AutoCloseable> secrets() {
        byte[] syncKey = (SECRET + SECRET).getBytes(US_ASCII);
        return List.of(
                new KeyBundle(SECRET.getBytes(US_ASCII), SECRET.getBytes(US_ASCII)),
                Credentials.of(URI.create("http://localhost/"), SECRET.getBytes(US_ASCII), "1-abc", syncKey));
    }

    @Test
    void everyTypeWithBytesIsKnownHereAsASecret() throws Exception {
        Set<Class<?>> known = secrets().stream().<Class<?>>map(Object::getClass).collect(Collectors.toSet());

        List<Class<?>> withBytes = new ArrayList<>();
        for (Class<?> type : allTypes()) {
            if (Stream.of(type.getDeclaredFields()).anyMatch(SecretsTest::holdsBytes)) {
                withBytes.add(type);
            }
        }

        assertThat(withBytes).isNotEmpty().allMatch(known::contains);
        assertThat(known).noneMatch(Class::isRecord);
    }

    @Test
    void secretsPrintTheirTypeNameOnly() {
        for (AutoCloseable secret : secrets()) {
            assertThat(secret.toString())
                    .isEqualTo(secret.getClass().getSimpleName())
                    .doesNotContain(SECRET)
                    .doesNotContain(HexFormat.of().formatHex(SECRET.getBytes(US_ASCII)))
                    .doesNotContain(Base64.getEncoder().encodeToString(SECRET.getBytes(US_ASCII)));
        }
    }

    @Test
    void secretsLieInBytesThatClosingErases() throws Exception {
        for (AutoCloseable secret : secrets()) {
            List<byte[]> bytes = bytesOf(secret);
            assertThat(bytes).isNotEmpty().allMatch(array -> new String(array, US_ASCII).contains(SECRET));

            secret.close();

            assertThat(bytes).allMatch(array -> allZero(array));
        }
    }

    private static List<byte[]> bytesOf(Object secret) throws IllegalAccessException {
        List<byte[]> found = new ArrayList<>();
        for (Field field : secret.getClass().getDeclaredFields()) {
            field.setAccessible(true);
            Object value = field.get(secret);
            if (holdsBytes(field)) {
                found.add((byte[]) value);
            } else {
                assertThat(String.valueOf(value)).as(field.getName()).doesNotContain(SECRET);
            }
        }
        return found;
    }

    private static boolean holdsBytes(Field field) {
        return field.getType() == byte[].class && !Modifier.isStatic(field.getModifiers());
    }

    private static boolean allZero(byte[] array) {
        for (byte b : array) {
            if (b != 0) {
                return false;
            }
        }
        return true;
    }

    private static List<Class<?>> allTypes() throws Exception {
        Path classes = Path.of(KeyBundle.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        List<Class<?>> types = new ArrayList<>();
        try (Stream<Path> files = Files.walk(classes)) {
            for (Path file : files.filter(path -> path.toString().endsWith(".class"))
                    .filter(path -> !path.endsWith("package-info.class"))
                    .toList()) {
                types.add(typeOf(classes.relativize(file)));
            }
        }
        return types;
    }

    private static Class<?> typeOf(Path file) throws IOException {
        String name = file.toString().replace(file.getFileSystem().getSeparator(), ".");
        try {
            return Class.forName(name.substring(0, name.length() - ".class".length()));
        } catch (ClassNotFoundException e) {
            throw new IOException(e);
        }
    }
}
