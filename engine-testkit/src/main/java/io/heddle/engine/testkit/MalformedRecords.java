// SPDX-License-Identifier: Apache-2.0
package io.heddle.engine.testkit;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.util.ArrayList;
import java.util.List;

/**
 * Records of a shape that their engine doesn't write. All are JSON objects with their own id and fit into a record: the
 * manager holds back the others.
 */
final class MalformedRecords {

    private static final List<String> VALUES = List.of(
            "null",
            "{}",
            "[]",
            "[{\"a\":[null]}]",
            "true",
            "-1",
            "1.5e300",
            "\"\"",
            "\"\\u0000 \\\" ../\"",
            '"' + "x".repeat(150_000) + '"',
            "[".repeat(100) + "]".repeat(100));

    private MalformedRecords() {}

    /** {@return records that are bare, lack a field of the genuine one, or have something else there} */
    static List<String> madeFrom(String genuine) {
        List<String> records = new ArrayList<>(List.of("{}", "{\"deleted\":false}", "{\"unheardOf\":[1,{}]}"));
        JsonObject template = parse(genuine);
        for (String field : template.keySet()) {
            if (field.equals("id")) {
                continue;
            }
            JsonObject lacking = template.deepCopy();
            lacking.remove(field);
            records.add(lacking.toString());
            for (String value : VALUES) {
                JsonObject other = template.deepCopy();
                other.add(field, JsonParser.parseString(value));
                records.add(other.toString());
            }
        }
        return records;
    }

    static String withId(String json, String id) {
        JsonObject record = parse(json);
        record.addProperty("id", id);
        return record.toString();
    }

    private static JsonObject parse(String json) {
        return JsonParser.parseString(json).getAsJsonObject();
    }
}
