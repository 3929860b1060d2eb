// SPDX-License-Identifier: Apache-2.0
package io.heddle.server.wire;

import com.google.gson.Strictness;
import com.google.gson.stream.JsonWriter;
import io.heddle.server.bso.Bso;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;

/** Writes BSOs one by one, in either form of a list. */
public final class BsoListWriter {
    private final Writer out;
    private final JsonWriter json;
    private final boolean newlines;

    /**
     * Begins a list.
     *
     * @param stream where it goes
     * @param newlines whether it is one value a line, and not an array
     * @throws IOException when the connection is gone
     */
    public BsoListWriter(OutputStream stream, boolean newlines) throws IOException {
        this.out = new BufferedWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8), 1 << 14);
        this.json = new JsonWriter(out);
        this.newlines = newlines;
        if (newlines) {
            // Several values, one after the other.
            json.setStrictness(Strictness.LENIENT);
        } else {
            json.beginArray();
        }
    }

    /**
     * Adds a whole BSO.
     *
     * @param bso the BSO
     * @throws IOException when the connection is gone
     */
    public void bso(Bso bso) throws IOException {
        write(json, bso);
        endLine();
    }

    /**
     * Adds an id.
     *
     * @param id the id
     * @throws IOException when the connection is gone
     */
    public void id(String id) throws IOException {
        json.value(id);
        endLine();
    }

    /**
     * Ends the list. The stream stays open: whoever gave it closes it.
     *
     * @throws IOException when the connection is gone
     */
    public void end() throws IOException {
        if (!newlines) {
            json.endArray();
        }
        json.flush();
    }

    /**
     * A single BSO.
     *
     * @param bso the BSO
     * @return its JSON
     */
    public static String json(Bso bso) {
        try {
            StringWriter text = new StringWriter();
            write(new JsonWriter(text), bso);
            return text.toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(JsonWriter json, Bso bso) throws IOException {
        json.beginObject();
        json.name("id").value(bso.id());
        json.name("modified").jsonValue(bso.modified().toString());
        json.name("payload").value(bso.payload());
        if (bso.sortindex().isPresent()) {
            json.name("sortindex").value(bso.sortindex().getAsInt());
        }
        json.endObject();
    }

    private void endLine() throws IOException {
        if (newlines) {
            out.write('\n');
        }
    }
}
