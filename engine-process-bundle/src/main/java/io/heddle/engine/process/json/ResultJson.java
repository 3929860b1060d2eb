// SPDX-License-Identifier: Apache-2.0
package io.heddle.engine.process.json;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.heddle.engine.Command;
import io.heddle.engine.EngineResult;
import io.heddle.engine.process.wire.JsonFields;
import io.heddle.engine.process.wire.JsonText;
import io.heddle.engine.process.wire.Values;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;

/** The JSON form of {@link EngineResult}, as {@code result.schema.json} describes it. */
public final class ResultJson {

    private ResultJson() {}

    /**
     * Writes a result.
     *
     * @param result of one run
     * @return JSON on one line
     */
    public static String write(EngineResult result) {
        JsonArray failed = new JsonArray();
        result.failedIds().stream().sorted().forEach(failed::add);
        JsonObject json = new JsonObject();
        json.addProperty("incoming", result.incoming());
        json.addProperty("outgoing", result.outgoing());
        json.add("failedIds", failed);
        json.add("commandsDone", commands(result.commandsDone()));
        json.add("commandsForOthers", commands(result.commandsForOthers()));
        return JsonText.write(json);
    }

    /**
     * Reads a result.
     *
     * @param json as {@link #write} wrote it, or an earlier version, without {@code commandsForOthers}; unknown fields are
     *     ignored
     * @return the result
     * @throws IllegalArgumentException when the text is of another form; the message quotes no value
     */
    public static EngineResult read(String json) {
        JsonFields result = JsonFields.parse("a result", json);
        return EngineResult.of(Math.toIntExact(result.count("incoming")), Math.toIntExact(result.count("outgoing")))
                .withFailed(new LinkedHashSet<>(result.texts("failedIds")))
                .withCommandsDone(commands(result.objects("commandsDone")))
                .withCommandsForOthers(commands(result.findObjects("commandsForOthers")));
    }

    private static JsonArray commands(Collection<Command> commands) {
        JsonArray json = new JsonArray();
        commands.forEach(command -> json.add(Values.command(command)));
        return json;
    }

    private static List<Command> commands(List<JsonFields> json) {
        return json.stream().map(Values::readCommand).toList();
    }
}
