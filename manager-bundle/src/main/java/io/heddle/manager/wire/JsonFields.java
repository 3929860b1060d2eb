// SPDX-License-Identifier: Apache-2.0
package io.heddle.manager.wire;

import com.google.gson.Gson;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.TypeAdapter;
import com.google.gson.stream.JsonReader;
import io.heddle.manager.failure.SyncException;
import java.io.IOException;
import java.io.StringReader;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * The fields of one JSON object of a small document, read strictly: a field of another kind than expected is malformed,
 * a field that is absent or null is not there. What it complains of names the document and the kinds, never a value.
 */
public final class JsonFields {

    private static final int LONGEST_INTEGER = 32;

    /** Neither lenient, as JsonParser is, nor so strict as to refuse half a surrogate pair, which JSON allows. */
    private static final TypeAdapter<JsonElement> TREES = new Gson().getAdapter(JsonElement.class);

    private final String document;
    private final JsonObject object;

    private JsonFields(String document, JsonObject object) {
        this.document = document;
        this.object = object;
    }

    /**
     * Reads a document that is one JSON object.
     *
     * @param document what it is, for messages, for example {@code meta/global}
     * @param json its text
     * @return its fields
     * @throws SyncException.Malformed when the text is no JSON object
     */
    public static JsonFields parse(String document, String json) throws SyncException.Malformed {
        Objects.requireNonNull(document, "document");
        JsonElement element;
        try (JsonReader reader = new JsonReader(new StringReader(json))) {
            element = TREES.read(reader);
            // Throws when there is more.
            reader.peek();
        } catch (IOException | JsonParseException | IllegalStateException e) {
            // The parser's own message may quote the text.
            throw new SyncException.Malformed(document + ": expected a JSON object, found no JSON");
        }
        if (!element.isJsonObject()) {
            throw new SyncException.Malformed(document + ": expected a JSON object, found " + kindOf(element));
        }
        return new JsonFields(document, element.getAsJsonObject());
    }

    /** {@return the names of all fields that are not null, in order} */
    public Set<String> names() {
        Set<String> names = new LinkedHashSet<>(object.keySet());
        names.removeIf(name -> object.get(name).isJsonNull());
        return Collections.unmodifiableSet(names);
    }

    /**
     * A string.
     *
     * @param field its name
     * @return the string, when it is there
     * @throws SyncException.Malformed when it is something else
     */
    public Optional<String> findString(String field) throws SyncException.Malformed {
        JsonElement value = find(field);
        if (value == null) {
            return Optional.empty();
        }
        if (!isString(value)) {
            throw wrong(field, "a string", value);
        }
        return Optional.of(value.getAsString());
    }

    /**
     * A number, or a string that holds one, as its text.
     *
     * @param field its name
     * @return the digits as they stand in the document, when it is there
     * @throws SyncException.Malformed when it is something else
     */
    public Optional<String> findNumberText(String field) throws SyncException.Malformed {
        JsonElement value = find(field);
        if (value == null) {
            return Optional.empty();
        }
        if (!isString(value) && !isNumber(value)) {
            throw wrong(field, "a number", value);
        }
        return Optional.of(value.getAsString());
    }

    /**
     * A whole number.
     *
     * @param field its name
     * @return the number, when it is there
     * @throws SyncException.Malformed when it is something else, has a fraction or is beyond 64 bits
     */
    public OptionalLong findInteger(String field) throws SyncException.Malformed {
        JsonElement value = find(field);
        if (value == null) {
            return OptionalLong.empty();
        }
        if (!isNumber(value) || value.getAsString().length() > LONGEST_INTEGER) {
            throw wrong(field, "a whole number", value);
        }
        try {
            return OptionalLong.of(new BigDecimal(value.getAsString()).longValueExact());
        } catch (ArithmeticException | NumberFormatException e) {
            throw new SyncException.Malformed(document + ": expected " + field + " to be a whole number of 64 bits");
        }
    }

    /**
     * A boolean.
     *
     * @param field its name
     * @return the boolean, when it is there
     * @throws SyncException.Malformed when it is something else
     */
    public Optional<Boolean> findBoolean(String field) throws SyncException.Malformed {
        JsonElement value = find(field);
        if (value == null) {
            return Optional.empty();
        }
        if (!value.isJsonPrimitive() || !value.getAsJsonPrimitive().isBoolean()) {
            throw wrong(field, "a boolean", value);
        }
        return Optional.of(value.getAsBoolean());
    }

    /**
     * An object.
     *
     * @param field its name
     * @return its fields, when it is there
     * @throws SyncException.Malformed when it is something else
     */
    public Optional<JsonFields> findObject(String field) throws SyncException.Malformed {
        JsonElement value = find(field);
        if (value == null) {
            return Optional.empty();
        }
        if (!value.isJsonObject()) {
            throw wrong(field, "an object", value);
        }
        return Optional.of(new JsonFields(document, value.getAsJsonObject()));
    }

    /**
     * An array of strings.
     *
     * @param field its name
     * @return the strings in order, when it is there
     * @throws SyncException.Malformed when it is something else, or one of its elements is
     */
    public Optional<List<String>> findStrings(String field) throws SyncException.Malformed {
        JsonElement value = find(field);
        if (value == null) {
            return Optional.empty();
        }
        if (!value.isJsonArray()) {
            throw wrong(field, "an array", value);
        }
        JsonArray array = value.getAsJsonArray();
        List<String> strings = new ArrayList<>(array.size());
        for (JsonElement element : array) {
            if (!isString(element)) {
                throw wrong("each element of " + field, "a string", element);
            }
            strings.add(element.getAsString());
        }
        return Optional.of(strings);
    }

    /**
     * An array of objects.
     *
     * @param field its name
     * @return the fields of each in order, when it is there
     * @throws SyncException.Malformed when it is something else, or one of its elements is
     */
    public Optional<List<JsonFields>> findObjects(String field) throws SyncException.Malformed {
        JsonElement value = find(field);
        if (value == null) {
            return Optional.empty();
        }
        if (!value.isJsonArray()) {
            throw wrong(field, "an array", value);
        }
        List<JsonFields> objects = new ArrayList<>();
        for (JsonElement element : value.getAsJsonArray()) {
            if (!element.isJsonObject()) {
                throw wrong("each element of " + field, "an object", element);
            }
            objects.add(new JsonFields(document, element.getAsJsonObject()));
        }
        return Optional.of(objects);
    }

    /**
     * The complaint that a field is not there.
     *
     * @param field its name
     * @return what to throw
     */
    public SyncException.Malformed missing(String field) {
        return new SyncException.Malformed(document + ": expected " + field + ", found nothing");
    }

    /**
     * The complaint that a field is not of its form.
     *
     * @param field its name
     * @param expected what it should be, for example {@code "a syncID"}
     * @return what to throw
     */
    public SyncException.Malformed notOfForm(String field, String expected) {
        JsonElement value = object.get(field);
        return wrong(field, expected, value);
    }

    /** {@return the object's text} */
    public String toJson() {
        return object.toString();
    }

    /** The fields that are not known, nulls included, as a copy. */
    JsonObject without(Set<String> known) {
        JsonObject rest = object.deepCopy();
        known.forEach(rest::remove);
        return rest;
    }

    private JsonElement find(String field) {
        JsonElement value = object.get(field);
        return value == null || value.isJsonNull() ? null : value;
    }

    private SyncException.Malformed wrong(String field, String expected, JsonElement found) {
        return new SyncException.Malformed(
                document + ": expected " + field + " to be " + expected + ", found " + kindOf(found));
    }

    private static boolean isString(JsonElement value) {
        return value.isJsonPrimitive() && value.getAsJsonPrimitive().isString();
    }

    private static boolean isNumber(JsonElement value) {
        return value.isJsonPrimitive() && value.getAsJsonPrimitive().isNumber();
    }

    private static String kindOf(JsonElement value) {
        if (value == null || value.isJsonNull()) {
            return "nothing";
        }
        if (value.isJsonObject()) {
            return "an object";
        }
        if (value.isJsonArray()) {
            return "an array";
        }
        return isString(value) ? "a string" : isNumber(value) ? "a number" : "a boolean";
    }
}
