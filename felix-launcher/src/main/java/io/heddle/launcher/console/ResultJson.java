// SPDX-License-Identifier: Apache-2.0
package io.heddle.launcher.console;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import io.heddle.api.CommandOutcome;
import io.heddle.api.EngineOutcome;
import io.heddle.api.SentCommand;
import io.heddle.api.SyncResult;
import io.heddle.engine.Command;
import java.util.Collection;

/**
 * The result of a sync for programs: one JSON object on one line.
 *
 * <pre>
 * {"status": "OK", "engines": {"forms": {"status": "OK", "incoming": 1, "outgoing": 0, "failed": []}},
 *  "arrivedCommands": [{"name": "resetEngine", "arguments": ["forms"], "flowId": "9f3c", "status": "DONE"}],
 *  "sentCommands": [{"name": "archive", "arguments": ["notes", null], "device": "pd-hbq5zxxJC"}],
 *  "declined": ["history"], "nextSyncAllowedAt": null, "requests": {"token": 1, "storage": 3}, "trail": ["gate", "token"]}
 * </pre>
 *
 * {@code failed} holds {@code collection/id}; {@code declined} is null before it is known; {@code nextSyncAllowedAt} is an ISO
 * 8601 instant or null. The whole and each engine also have a {@code message} when there is something to explain.
 *
 * <p>{@code arrivedCommands} are those of other devices, each with what became of it in this sync, a
 * {@link io.heddle.api.CommandStatus}; {@code sentCommands} are those that this sync put into the record of another device,
 * whose id is {@code device}. An argument may be null; {@code flowId} is there when the command has one.
 *
 * <p>When there was no sync: {@code {"status": "USAGE", "message": "unknown option --onec"}}.
 */
public final class ResultJson {

    private ResultJson() {}

    /**
     * Writes a result.
     *
     * @param result of a sync
     * @return the object, without an end of line
     */
    public static String of(SyncResult result) {
        JsonObject engines = new JsonObject();
        result.engines().forEach((name, outcome) -> engines.add(name, engine(outcome)));
        JsonObject requests = new JsonObject();
        requests.addProperty("token", result.tokenRequests());
        requests.addProperty("storage", result.storageRequests());
        JsonObject json = new JsonObject();
        json.addProperty("status", result.status().name());
        json.add("engines", engines);
        JsonArray arrived = new JsonArray();
        result.arrivedCommands().forEach(outcome -> arrived.add(arrived(outcome)));
        json.add("arrivedCommands", arrived);
        JsonArray sent = new JsonArray();
        result.sentCommands().forEach(command -> sent.add(sent(command)));
        json.add("sentCommands", sent);
        result.findDeclined()
                .ifPresentOrElse(
                        names -> json.add("declined", array(names)), () -> json.add("declined", JsonNull.INSTANCE));
        json.addProperty(
                "nextSyncAllowedAt",
                result.findNextSyncAllowedAt().map(Object::toString).orElse(null));
        json.add("requests", requests);
        json.add("trail", array(result.trail()));
        result.findMessage().ifPresent(message -> json.addProperty("message", message));
        return text(json);
    }

    /**
     * Writes how a run without a sync ended.
     *
     * @param status a word
     * @param message for a person
     * @return the object, without an end of line
     */
    public static String withoutSync(String status, String message) {
        JsonObject json = new JsonObject();
        json.addProperty("status", status);
        json.addProperty("message", message);
        return text(json);
    }

    private static String text(JsonObject json) {
        return new GsonBuilder().serializeNulls().disableHtmlEscaping().create().toJson(json);
    }

    private static JsonObject engine(EngineOutcome outcome) {
        JsonObject json = new JsonObject();
        json.addProperty("status", outcome.status().name());
        json.addProperty("incoming", outcome.incoming());
        json.addProperty("outgoing", outcome.outgoing());
        json.add("failed", array(outcome.failedIds()));
        outcome.findMessage().ifPresent(message -> json.addProperty("message", message));
        return json;
    }

    private static JsonObject arrived(CommandOutcome outcome) {
        JsonObject json = command(outcome.command());
        json.addProperty("status", outcome.status().name());
        return json;
    }

    private static JsonObject sent(SentCommand sent) {
        JsonObject json = command(sent.command());
        json.addProperty("device", sent.device());
        return json;
    }

    private static JsonObject command(Command command) {
        JsonArray arguments = new JsonArray();
        for (int i = 0; i < command.argumentCount(); i++) {
            arguments.add(command.findArgument(i).orElse(null));
        }
        JsonObject json = new JsonObject();
        json.addProperty("name", command.name());
        json.add("arguments", arguments);
        command.findFlowId().ifPresent(id -> json.addProperty("flowId", id));
        return json;
    }

    private static JsonArray array(Collection<String> texts) {
        JsonArray array = new JsonArray();
        texts.forEach(array::add);
        return array;
    }
}
