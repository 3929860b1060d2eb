// SPDX-License-Identifier: Apache-2.0
package io.heddle.engine.process.wire;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.TypeAdapter;
import com.google.gson.stream.JsonReader;
import java.io.IOException;
import java.io.StringReader;
import java.util.Optional;

/** JSON objects as one line of text, read and written so that nothing of them changes: numbers keep their digits. */
public final class JsonText {

    /** Records may nest 255 deep; around them is a message. */
    private static final int DEEPEST = 260;

    /** Not lenient, as JsonParser is. */
    private static final TypeAdapter<JsonElement> TREES = new Gson().getAdapter(JsonElement.class);

    private JsonText() {}

    /**
     * Reads a text that is one JSON object.
     *
     * @param text the text
     * @return the object; empty when the text is something else
     */
    public static Optional<JsonObject> parse(String text) {
        try (JsonReader reader = new JsonReader(new StringReader(text))) {
            reader.setNestingLimit(DEEPEST);
            JsonElement element = TREES.read(reader);
            // Throws when there is more.
            reader.peek();
            return element.isJsonObject() ? Optional.of(element.getAsJsonObject()) : Optional.empty();
        } catch (IOException | JsonParseException | IllegalStateException e) {
            return Optional.empty();
        }
    }

    /**
     * Writes an object on one line.
     *
     * @param object the object
     * @return JSON that UTF-8 can hold: half a surrogate pair is written as its escape
     */
    public static String write(JsonObject object) {
        String text = object.toString();
        StringBuilder escaped = null;
        int done = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!Character.isSurrogate(c)) {
                continue;
            }
            if (Character.isHighSurrogate(c) && i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))) {
                i++;
                continue;
            }
            escaped = escaped == null ? new StringBuilder() : escaped;
            escaped.append(text, done, i).append(String.format("\\u%04x", (int) c));
            done = i + 1;
        }
        return escaped == null
                ? text
                : escaped.append(text, done, text.length()).toString();
    }
}
