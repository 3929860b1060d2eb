// SPDX-License-Identifier: Apache-2.0
package io.heddle.engine.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The schemas of the documentation. */
public final class SchemaCheck {

    static final Path DOCUMENTATION = Path.of("..", "docs", "engine-protocol.md");

    private static final Path FOLDER = Path.of("..", "docs", "engine-protocol");
    private static final String ID = "urn:heddle:engine-protocol:1:";
    private static final Map<String, String> TEXTS = texts();
    private static final JsonSchemaFactory FACTORY = JsonSchemaFactory.getInstance(
            VersionFlag.V202012, builder -> builder.schemaLoaders(loaders -> loaders.schemas(TEXTS)));

    private SchemaCheck() {}

    private static Map<String, String> texts() {
        Map<String, String> texts = new TreeMap<>();
        try (Stream<Path> files = Files.list(FOLDER)) {
            for (Path file : files.toList()) {
                String name = file.getFileName().toString();
                String text = Files.readString(file);
                texts.put(ID + name.substring(0, name.indexOf('.')), text);
            }
            return texts;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Map<String, String> all() {
        return TEXTS;
    }

    static Set<ValidationMessage> complaints(String schema, String json) {
        return FACTORY.getSchema(SchemaLocation.of(ID + schema)).validate(json, InputFormat.JSON);
    }

    /** Fails when a text does not fit a schema. */
    public static void assertValid(String schema, String json) {
        assertThat(complaints(schema, json)).as(json).isEmpty();
    }

    /** The fields that a schema of messages names for a type: without this a misspelt field would pass as a later version's. */
    static void assertOnlyKnownFields(String schema, String json) {
        JsonObject message = JsonParser.parseString(json).getAsJsonObject();
        Set<String> known = JsonParser.parseString(TEXTS.get(ID + schema))
                .getAsJsonObject()
                .getAsJsonObject("$defs")
                .getAsJsonObject(message.get("type").getAsString())
                .getAsJsonObject("properties")
                .keySet();
        assertThat(known).as(json).containsAll(message.keySet());
    }
}
