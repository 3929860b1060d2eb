// SPDX-License-Identifier: Apache-2.0
package io.heddle.engine.process.wire;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The fields of one JSON object, read strictly. What it complains of, with an {@link IllegalArgumentException}, names the
 * field and the kinds, never a value: values may be private.
 */
public final class JsonFields {

    private static final int LONGEST_INTEGER = 20;

    private final String what;
    private final JsonObject object;

    /**
     * Takes an object.
     *
     * @param what it is, for messages, for example {@code the answer to open}
     * @param object the object
     */
    public JsonFields(String what, JsonObject object) {
        this.what = what;
        this.object = object;
    }

    /**
     * Reads a text.
     *
     * @param what it is, for messages
     * @param json the text
     * @return its fields
     * @throws IllegalArgumentException when it is not one JSON object
     */
    public static JsonFields parse(String what, String json) {
        return JsonText.parse(json)
                .map(object -> new JsonFields(what, object))
                .orElseThrow(() -> new IllegalArgumentException(what + ": expected a JSON object"));
    }

    /** {@return the names of all fields} */
    public Set<String> names() {
        return object.keySet();
    }

    /**
     * A text that must be there.
     *
     * @param name the field's name
     * @return its value
     */
    public String text(String name) {
        return findText(name).orElseThrow(() -> expected(name, "a string", null));
    }

    /**
     * A text that may be absent or null.
     *
     * @param name the field's name
     * @return its value, when it has one
     */
    public Optional<String> findText(String name) {
        return find(name).map(value -> asText(name, value));
    }

    /**
     * A whole number that may be absent or null.
     *
     * @param name the field's name
     * @return its value, when it has one
     */
    public Optional<Integer> findInteger(String name) {
        return find(name).map(value -> {
            try {
                return wholeNumber(name, value).intValueExact();
            } catch (ArithmeticException e) {
                throw expected(name, "a whole number of 32 bits", value);
            }
        });
    }

    /**
     * A truth value that must be there.
     *
     * @param name the field's name
     * @return its value
     */
    public boolean truth(String name) {
        JsonElement value = object.get(name);
        if (value instanceof JsonPrimitive primitive && primitive.isBoolean()) {
            return primitive.getAsBoolean();
        }
        throw expected(name, "true or false", value);
    }

    /**
     * An object that must be there.
     *
     * @param name the field's name
     * @return its fields
     */
    public JsonFields object(String name) {
        return new JsonFields(what, tree(name));
    }

    /**
     * An object that must be there, as it is.
     *
     * @param name the field's name
     * @return the object
     */
    public JsonObject tree(String name) {
        if (object.get(name) instanceof JsonObject inner) {
            return inner;
        }
        throw expected(name, "an object", object.get(name));
    }

    /**
     * A number that must be there.
     *
     * @param name the field's name
     * @return as it is written
     */
    public String number(String name) {
        JsonElement value = object.get(name);
        if (value instanceof JsonPrimitive primitive && primitive.isNumber()) {
            return primitive.getAsString();
        }
        throw expected(name, "a number", value);
    }

    /**
     * A whole number that must be there.
     *
     * @param name the field's name
     * @return its value
     */
    public long count(String name) {
        JsonElement value = object.get(name);
        try {
            return wholeNumber(name, value).longValueExact();
        } catch (ArithmeticException e) {
            throw expected(name, "a whole number", value);
        }
    }

    /**
     * Objects that must be there.
     *
     * @param name the field's name
     * @return the fields of each
     */
    public List<JsonFields> objects(String name) {
        List<JsonFields> objects = new ArrayList<>();
        for (JsonElement element : array(name)) {
            if (!(element instanceof JsonObject inner)) {
                throw expected(name, "an array of objects", element);
            }
            objects.add(new JsonFields(what, inner));
        }
        return objects;
    }

    /**
     * Objects that may be absent or null.
     *
     * @param name the field's name
     * @return the fields of each; none when they are absent
     */
    public List<JsonFields> findObjects(String name) {
        return find(name).isPresent() ? objects(name) : List.of();
    }

    /**
     * Texts that must be there.
     *
     * @param name the field's name
     * @return the texts
     */
    public List<String> texts(String name) {
        List<String> texts = new ArrayList<>();
        array(name).forEach(element -> texts.add(asText(name, element)));
        return texts;
    }

    /**
     * Texts that may be absent or null.
     *
     * @param name the field's name
     * @return the texts; none when they are absent
     */
    public List<String> findTexts(String name) {
        return find(name).isPresent() ? texts(name) : List.of();
    }

    /**
     * Texts that must be there, some of which may be null.
     *
     * @param name the field's name
     * @return the texts and nulls
     */
    public List<String> textsOrNulls(String name) {
        List<String> texts = new ArrayList<>();
        array(name).forEach(element -> texts.add(element.isJsonNull() ? null : asText(name, element)));
        return texts;
    }

    private JsonArray array(String name) {
        if (object.get(name) instanceof JsonArray array) {
            return array;
        }
        throw expected(name, "an array", object.get(name));
    }

    private Optional<JsonElement> find(String name) {
        return Optional.ofNullable(object.get(name)).filter(value -> !value.isJsonNull());
    }

    private String asText(String name, JsonElement value) {
        if (value instanceof JsonPrimitive primitive && primitive.isString()) {
            return primitive.getAsString();
        }
        throw expected(name, "a string", value);
    }

    /** A number of many digits or with a large exponent would take long to expand. */
    private BigDecimal wholeNumber(String name, JsonElement value) {
        if (value instanceof JsonPrimitive primitive
                && primitive.isNumber()
                && primitive.getAsString().matches("-?[0-9]{1," + LONGEST_INTEGER + "}")) {
            return new BigDecimal(primitive.getAsString());
        }
        throw expected(name, "a whole number", value);
    }

    private IllegalArgumentException expected(String name, String kind, JsonElement found) {
        return new IllegalArgumentException(what + ": expected " + kind + " as " + name + ", found " + kindOf(found));
    }

    private static String kindOf(JsonElement element) {
        if (element == null) {
            return "nothing";
        }
        if (element instanceof JsonPrimitive primitive) {
            return primitive.isString() ? "a string" : primitive.isNumber() ? "a number" : "a truth value";
        }
        return element.isJsonNull() ? "null" : element.isJsonArray() ? "an array" : "an object";
    }
}
