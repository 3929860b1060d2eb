// SPDX-License-Identifier: Apache-2.0
package io.heddle.engine.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaId;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SpecVersion.VersionFlag;
import io.heddle.engine.Command;
import io.heddle.engine.GlobalConfig;
import io.heddle.engine.ServerTimestamp;
import io.heddle.engine.process.protocol.Requests;
import io.heddle.engine.record.IncomingRecord;
import io.heddle.engine.record.RecordContext;
import io.heddle.engine.record.SyncPoint;
import io.heddle.engine.record.UploadedBatch;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The documentation against its schemas, and the lines that the code writes against both. */
class DocumentationTest {

    private static final Pattern EXAMPLE = Pattern.compile("```json (\\w+)\n(.*?)```", Pattern.DOTALL);
    private static final SyncPoint POINT = SyncPoint.parse("TKbSgyjEEhla@1795398491.37");

    static Stream<String> requests() {
        IncomingRecord plain = new IncomingRecord(
                "todo", "a", ServerTimestamp.parse("1795398490.12"), OptionalInt.empty(), false, "{\"id\":\"a\"}");
        IncomingRecord tombstone = new IncomingRecord(
                "todo", "a", ServerTimestamp.ZERO, OptionalInt.of(-7), true, "{\"id\":\"a\",\"deleted\":true}");
        return Stream.of(
                Requests.open("todo", new RecordContext("laptop – Zürich", GlobalConfig.defaults(), List.of("todo"))),
                Requests.record(plain),
                Requests.record(tombstone),
                Requests.apply(Map.of("todo", POINT)),
                Requests.next(42),
                Requests.uploaded(new UploadedBatch("todo", Set.of("a", "b c"), POINT)),
                Requests.reset("todo"),
                Requests.wipe("todo"),
                Requests.command("todo", Command.of("archive", "2025", null).withFlowId("9f3c")));
    }

    @ParameterizedTest
    @MethodSource("requests")
    void everyRequestThatTheCodeWritesIsValid(String line) {
        SchemaCheck.assertValid("requests", line);
        SchemaCheck.assertOnlyKnownFields("requests", line);
        assertThat(line).doesNotContain("\n");
    }

    @Test
    void theDocumentedRequestsAreWhatTheCodeWrites() throws IOException {
        Set<String> documented = new TreeSet<>(examples("request"));

        assertThat(documented)
                .contains(
                        Requests.open("todo", Python.CONTEXT),
                        Requests.next(42),
                        Requests.reset("todo"),
                        Requests.wipe("todo"),
                        Requests.command(
                                "todo", Command.of("archive", "2025", null).withFlowId("9f3c")),
                        Requests.apply(Map.of("todo", SyncPoint.parse("TKbSgyjEEhla@1795398490.12"))),
                        Requests.record(new IncomingRecord(
                                "todo",
                                "LbS4eC7XRGGc",
                                ServerTimestamp.parse("1795398490.12"),
                                OptionalInt.empty(),
                                false,
                                "{\"id\": \"LbS4eC7XRGGc\",\n\"text\": \"buy yarn\"}")),
                        Requests.uploaded(new UploadedBatch("todo", Set.of("5qRsgXWRJZXr", "mHUZBgDYcsVd"), POINT)));
    }

    @ParameterizedTest
    @CsvSource({"request, requests", "answer, answers", "state, state", "result, result"})
    void everyExampleOfTheDocumentationIsValid(String kind, String schema) throws IOException {
        List<String> examples = examples(kind);

        assertThat(examples).isNotEmpty();
        examples.forEach(example -> SchemaCheck.assertValid(schema, example));
        if (schema.endsWith("s")) {
            examples.forEach(example -> SchemaCheck.assertOnlyKnownFields(schema, example));
        }
    }

    @Test
    void everyTypeOfMessageHasAnExample() throws IOException {
        for (String type : List.of("open", "record", "apply", "next", "uploaded", "reset", "wipe", "command")) {
            assertThat(examples("request")).anyMatch(example -> example.startsWith("{\"type\":\"" + type + "\""));
        }
        for (String type : List.of("record", "done", "error")) {
            assertThat(examples("answer")).anyMatch(example -> example.startsWith("{\"type\":\"" + type + "\""));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "requests | {}",
                "requests | {\"type\":\"next\"}",
                "requests | {\"type\":\"next\",\"limit\":0}",
                "requests | {\"type\":\"apply\",\"syncPoints\":{\"todo\":null}}",
                "requests | {\"type\":\"record\",\"collection\":\"todo\",\"modified\":\"1\",\"deleted\":true,\"data\":{\"id\":\"a\"}}",
                "requests | {\"type\":\"command\",\"protocol\":1,\"engine\":\"todo\",\"command\":{\"name\":\"\"}}",
                "answers  | {\"type\":\"record\",\"collection\":\"todo\",\"data\":{}}",
                "answers  | {\"type\":\"done\"}",
                "answers  | {\"type\":\"done\",\"of\":\"open\"}",
                "answers  | {\"type\":\"done\",\"of\":\"command\"}",
                "answers  | {\"type\":\"done\",\"of\":\"open\",\"syncPoints\":{\"todo\":1}}",
                "answers  | {\"type\":\"done\",\"of\":\"apply\",\"failed\":[\"\"]}",
                "answers  | {\"type\":\"done\",\"of\":\"apply\",\"commandsForOthers\":[{\"name\":\"archive\"}]}",
                "answers  | {\"type\":\"done\",\"of\":\"apply\",\"commandsForOthers\":[{\"name\":\"archive\",\"arguments\":[]}]}",
                "state    | {\"collections\":{}}",
                "result   | {\"incoming\":-1,\"outgoing\":0,\"failedIds\":[],\"commandsDone\":[]}",
                "result   | {\"incoming\":0,\"outgoing\":0,\"failedIds\":[],\"commandsDone\":[],\"commandsForOthers\":[\"archive\"]}"
            })
    void whatIsWrongIsNotValid(String schema, String json) {
        assertThat(SchemaCheck.complaints(schema, json)).isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource({"requests", "answers"})
    void laterTypesAndFieldsAreValid(String schema) {
        SchemaCheck.assertValid(schema, "{\"type\":\"weather\",\"sky\":\"blue\"}");
    }

    @Test
    void theSchemasAreSchemasOfTheirDraft() {
        JsonSchemaFactory factory = JsonSchemaFactory.getInstance(VersionFlag.V202012);

        assertThat(SchemaCheck.all()).hasSize(5).allSatisfy((id, text) -> {
            assertThat(text).contains("\"$id\": \"" + id + "\"");
            assertThat(factory.getSchema(SchemaLocation.of(SchemaId.V202012)).validate(text, InputFormat.JSON))
                    .isEmpty();
        });
    }

    private static List<String> examples(String kind) throws IOException {
        String text = Files.readString(SchemaCheck.DOCUMENTATION);
        List<String> examples = new ArrayList<>();
        for (MatchResult match : EXAMPLE.matcher(text).results().toList()) {
            if (match.group(1).equals(kind)) {
                match.group(2).lines().forEach(examples::add);
            }
        }
        return examples;
    }
}
