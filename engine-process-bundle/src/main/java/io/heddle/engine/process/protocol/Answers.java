// SPDX-License-Identifier: Apache-2.0
package io.heddle.engine.process.protocol;

import com.google.gson.JsonObject;
import io.heddle.engine.Command;
import io.heddle.engine.process.program.Excerpt;
import io.heddle.engine.process.wire.JsonFields;
import io.heddle.engine.process.wire.JsonText;
import io.heddle.engine.process.wire.Values;
import io.heddle.engine.record.OutgoingRecord;
import io.heddle.engine.record.SyncPoint;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The contents of the lines that a program writes, as {@code answers.schema.json} describes them. What is wrong with one is
 * an {@link IllegalArgumentException} that says so without quoting it.
 */
public final class Answers {

    private Answers() {}

    /**
     * Reads the answer to {@code open}.
     *
     * @param done its fields
     * @param collections the engine's
     * @return the point of each collection that has one
     */
    public static Map<String, SyncPoint> syncPoints(JsonFields done, List<String> collections) {
        Map<String, SyncPoint> points = new HashMap<>();
        JsonFields texts = done.object("syncPoints");
        for (String collection : texts.names()) {
            Optional<String> text = texts.findText(collection);
            if (text.isPresent()) {
                points.put(own(collection, collections), point(text.get()));
            }
        }
        return points;
    }

    /**
     * Reads what the program could not take or give for now.
     *
     * @param done the fields of an answer to {@code apply}, {@code next} or {@code uploaded}
     * @return ids; none as a rule
     */
    public static List<String> failed(JsonFields done) {
        List<String> ids = done.findTexts("failed");
        if (!ids.stream().allMatch(id -> id.matches("[ -~]{1,64}"))) {
            throw new IllegalArgumentException(
                    "expected ids of 1 to 64 characters from space to ~ as failed, found another text");
        }
        return ids;
    }

    /**
     * Reads what the program has its likes on the other devices do.
     *
     * @param done the fields of an answer to {@code apply}, {@code next} or {@code uploaded}
     * @param engine the engine's name, which is the first argument of each
     * @return commands; none as a rule
     */
    public static List<Command> commandsForOthers(JsonFields done, String engine) {
        List<Command> commands = done.findObjects("commandsForOthers").stream()
                .map(Values::readCommand)
                .toList();
        if (!commands.stream()
                .allMatch(command ->
                        command.findArgument(0).filter(engine::equals).isPresent())) {
            throw new IllegalArgumentException(
                    "expected " + engine + " as the first argument of each command for others, found another");
        }
        return commands;
    }

    private static SyncPoint point(String text) {
        try {
            return SyncPoint.parse(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("the answer to open: expected a sync point that it was given, found "
                    + text.length() + " characters");
        }
    }

    /**
     * Reads a record to upload.
     *
     * @param record its fields
     * @param collections the engine's
     * @return the record
     */
    public static OutgoingRecord record(JsonFields record, List<String> collections) {
        String collection = own(record.text("collection"), collections);
        JsonObject data = record.tree("data");
        String id = new JsonFields("a record's data", data).text("id");
        OutgoingRecord outgoing = OutgoingRecord.of(collection, id, JsonText.write(data));
        Optional<Integer> sortIndex = record.findInteger("sortIndex");
        if (sortIndex.isPresent()) {
            outgoing = outgoing.withSortIndex(sortIndex.get());
        }
        Optional<Integer> ttl = record.findInteger("ttlSeconds");
        return ttl.isPresent() ? outgoing.withTtlSeconds(ttl.get()) : outgoing;
    }

    private static String own(String collection, List<String> collections) {
        if (!collections.contains(collection)) {
            throw new IllegalArgumentException(
                    "expected one of its collections " + collections + ", found " + Excerpt.of(collection, 32));
        }
        return collection;
    }
}
