// SPDX-License-Identifier: Apache-2.0
package io.heddle.benchmarks;

import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.JsonWriter;
import io.heddle.engine.KeyBundle;
import io.heddle.engine.ServerTimestamp;
import io.heddle.engine.record.IncomingRecord;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.Reader;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.OptionalInt;
import org.openjdk.jmh.infra.Blackhole;

/** The same way in and out as one writes it with gson's streaming parser and writer. */
final class GsonPath {

    private final BareCipher cipher;
    private final SecureRandom random = new SecureRandom();

    GsonPath(KeyBundle keys) {
        cipher = new BareCipher(keys);
    }

    int read(byte[] body, boolean newlines, boolean newCiphers, Blackhole hole) throws IOException {
        Reader text = new InputStreamReader(new ByteArrayInputStream(body), StandardCharsets.UTF_8);
        int records = 0;
        if (newlines) {
            BufferedReader lines = new BufferedReader(text);
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                readBso(new JsonReader(new StringReader(line)), newCiphers, hole);
                records++;
            }
        } else {
            JsonReader array = new JsonReader(text);
            array.beginArray();
            while (array.hasNext()) {
                readBso(array, newCiphers, hole);
                records++;
            }
            array.endArray();
        }
        return records;
    }

    /** The body of a POST. */
    byte[] write(List<Material.Cleartext> records, boolean newCiphers) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonWriter out = new JsonWriter(new OutputStreamWriter(bytes, StandardCharsets.UTF_8))) {
            out.beginArray();
            for (Material.Cleartext record : records) {
                checkCleartext(record.id(), record.json());
                out.beginObject();
                out.name("id").value(record.id());
                out.name("payload").value(seal(record.json(), newCiphers));
                out.name("sortindex").value(100);
                out.endObject();
            }
            out.endArray();
        }
        return bytes.toByteArray();
    }

    private String seal(String json, boolean newCiphers) throws IOException {
        if (newCiphers) {
            cipher.makeObjects();
        }
        byte[] iv = new byte[16];
        random.nextBytes(iv);
        String text = Base64.getEncoder().encodeToString(cipher.encrypt(iv, json.getBytes(StandardCharsets.UTF_8)));
        StringWriter payload = new StringWriter();
        try (JsonWriter out = new JsonWriter(payload)) {
            out.beginObject();
            out.name("ciphertext").value(text);
            out.name("IV").value(Base64.getEncoder().encodeToString(iv));
            out.name("hmac").value(HexFormat.of().formatHex(cipher.hmac(text.getBytes(StandardCharsets.US_ASCII))));
            out.endObject();
        }
        return payload.toString();
    }

    private void readBso(JsonReader in, boolean newCiphers, Blackhole hole) throws IOException {
        String id = "";
        ServerTimestamp modified = ServerTimestamp.ZERO;
        OptionalInt sortIndex = OptionalInt.empty();
        String payload = "";
        in.beginObject();
        while (in.hasNext()) {
            switch (in.nextName()) {
                case "payload" -> payload = in.nextString();
                case "id" -> id = in.nextString();
                case "modified" -> modified = new ServerTimestamp(Math.round(in.nextDouble() * 100));
                case "sortindex" -> sortIndex = OptionalInt.of(in.nextInt());
                default -> in.skipValue();
            }
        }
        in.endObject();
        String json = open(payload, newCiphers);
        boolean deleted = checkCleartext(id, json);
        hole.consume(new IncomingRecord(DownloadBenchmark.COLLECTION, id, modified, sortIndex, deleted, json));
    }

    private String open(String payload, boolean newCiphers) throws IOException {
        if (newCiphers) {
            cipher.makeObjects();
        }
        String ciphertext = "";
        String iv = "";
        String hmac = "";
        JsonReader in = new JsonReader(new StringReader(payload));
        in.beginObject();
        while (in.hasNext()) {
            switch (in.nextName()) {
                case "ciphertext" -> ciphertext = in.nextString();
                case "IV" -> iv = in.nextString();
                case "hmac" -> hmac = in.nextString();
                default -> in.skipValue();
            }
        }
        in.endObject();
        byte[] cleartext = cipher.open(
                ciphertext.getBytes(StandardCharsets.US_ASCII),
                Base64.getDecoder().decode(iv),
                HexFormat.of().parseHex(hmac));
        String json = new String(cleartext, StandardCharsets.UTF_8);
        if (json.indexOf('\uFFFD') >= 0) {
            throw new IOException("no UTF-8");
        }
        return json;
    }

    /** That it is a JSON object with that id, to the end. Tells whether it is a tombstone. */
    private static boolean checkCleartext(String id, String json) throws IOException {
        JsonReader in = new JsonReader(new StringReader(json));
        in.setStrictness(Strictness.STRICT);
        in.beginObject();
        String found = "";
        boolean deleted = false;
        while (in.hasNext()) {
            switch (in.nextName()) {
                case "id" -> found = in.nextString();
                case "deleted" -> deleted = in.nextBoolean();
                default -> in.skipValue();
            }
        }
        in.endObject();
        if (!found.equals(id) || in.peek() != JsonToken.END_DOCUMENT) {
            throw new IOException("no record");
        }
        return deleted;
    }
}
