// SPDX-License-Identifier: Apache-2.0
package io.heddle.benchmarks;

import io.heddle.engine.KeyBundle;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Random;

/** What is sealed and opened: the same in every run. */
final class Material {

    /** A record before it is sealed. */
    record Cleartext(String id, String json) {}

    private Material() {}

    static KeyBundle keys() {
        Random random = new Random(1);
        byte[] encryptionKey = new byte[KeyBundle.KEY_BYTES];
        byte[] hmacKey = new byte[KeyBundle.KEY_BYTES];
        random.nextBytes(encryptionKey);
        random.nextBytes(hmacKey);
        return new KeyBundle(encryptionKey, hmacKey);
    }

    /** Visits of web pages, 200 to 800 bytes long; one title in eight is not ASCII. */
    static List<Cleartext> history(int count) {
        Random random = new Random(2);
        List<Cleartext> records = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            String id = id(random);
            records.add(new Cleartext(id, visit(id, 200 + random.nextInt(601), random)));
        }
        return records;
    }

    /** One record whose cleartext has so many bytes. */
    static Cleartext ofSize(int bytes) {
        Random random = new Random(3);
        String id = id(random);
        String start = "{\"id\":\"" + id + "\",\"text\":\"";
        return new Cleartext(id, start + letters(random, bytes - start.length() - 2) + "\"}");
    }

    /** An answer of the storage server, as syncstorage-rs writes it. */
    static byte[] body(List<String> ids, List<String> payloads, boolean newlines) {
        StringBuilder body = new StringBuilder(newlines ? "" : "[");
        for (int i = 0; i < ids.size(); i++) {
            body.append(i == 0 || newlines ? "" : ",")
                    .append("{\"id\":\"")
                    .append(ids.get(i))
                    .append("\",\"modified\":")
                    .append(1_795_398_488 + i / 100)
                    .append('.')
                    .append(10 + i % 90)
                    .append(",\"payload\":\"")
                    .append(payloads.get(i).replace("\"", "\\\""))
                    .append("\",\"sortindex\":")
                    .append(i % 2_000)
                    .append(newlines ? "}\n" : "}");
        }
        return body.append(newlines ? "" : "]").toString().getBytes(StandardCharsets.US_ASCII);
    }

    private static String id(Random random) {
        byte[] bytes = new byte[9];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().encodeToString(bytes);
    }

    private static String visit(String id, int bytes, Random random) {
        String title = random.nextInt(8) == 0 ? "Zürich, \\\"Langstraße\\\" – 😀" : "The weather of the week";
        StringBuilder json = new StringBuilder("{\"id\":\"" + id + "\",\"histUri\":\"https://example.com/");
        json.append(letters(random, 20 + bytes / 4)).append("?q=").append(random.nextInt(1_000));
        json.append("\",\"title\":\"").append(title).append("\",\"visits\":[{\"date\":1795398488123456,\"type\":1}");
        while (json.length() + 42 < bytes) {
            json.append(",{\"date\":17953984").append(10_000_000 + random.nextInt(89_999_999));
            json.append(",\"type\":").append(1 + random.nextInt(8)).append('}');
        }
        return json.append("]}").toString();
    }

    private static String letters(Random random, int count) {
        StringBuilder text = new StringBuilder(count);
        for (int i = 0; i < count; i++) {
            text.append((char) ('a' + random.nextInt(26)));
        }
        return text.toString();
    }
}
