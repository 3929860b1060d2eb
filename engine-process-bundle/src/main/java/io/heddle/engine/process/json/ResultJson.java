// SPDX-License-Identifier: Apache-2.0
package io.heddle.engine.process.json;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.heddle.engine.EngineResult;
import io.heddle.engine.process.wire.JsonFields;
import io.heddle.engine.process.wire.JsonText;
import io.heddle.engine.process.wire.Values;
import java.util.LinkedHashSet;

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
        JsonArray commands = new JsonArray();
        result.commandsDone().forEach(command -> commands.add(Values.command(command)));
        JsonObject json = new JsonObject();
        json.addProperty("incoming", result.incoming());
        json.addProperty("outgoing", result.outgoing());
        json.add("failedIds", failed);
        json.add("commandsDone", commands);
        return JsonText.write(json);
    }

    /**
     * Reads a result.
     *
     * @param json as {@link #write} wrote it; unknown fields are ignored
     * @return the result
     * @throws IllegalArgumentException when the text is of another form; the message quotes no value
     */
    public static EngineResult read(String json) {
        JsonFields result = JsonFields.parse("a result", json);
        return EngineResult.of(Math.toIntExact(result.count("incoming")), Math.toIntExact(result.count("outgoing")))
                .withFailed(new LinkedHashSet<>(result.texts("failedIds")))
                .withCommandsDone(result.objects("commandsDone").stream()
                        .map(Values::readCommand)
                        .toList());
    }
}
