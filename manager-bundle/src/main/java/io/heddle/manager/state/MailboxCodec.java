// SPDX-License-Identifier: Apache-2.0
package io.heddle.manager.state;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.heddle.engine.Command;
import io.heddle.manager.failure.SyncException;
import io.heddle.manager.state.ArrivedCommand.Standing;
import io.heddle.manager.wire.CommandCodec;
import io.heddle.manager.wire.JsonFields;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The part of {@link PersistedStateCodec} for a {@link Mailbox}. */
final class MailboxCodec {

    private MailboxCodec() {}

    static JsonObject toJson(Mailbox mailbox) {
        JsonArray inRecord = new JsonArray();
        mailbox.inRecord().forEach(command -> inRecord.add(CommandCodec.toJson(command)));
        JsonArray arrived = new JsonArray();
        mailbox.arrived().forEach(entry -> {
            JsonObject json = CommandCodec.toJson(entry.command());
            json.addProperty("standing", entry.standing().name().toLowerCase(Locale.ROOT));
            arrived.add(json);
        });
        JsonArray queued = new JsonArray();
        mailbox.queued().forEach(entry -> {
            JsonObject json = CommandCodec.toJson(entry.command());
            json.addProperty("device", entry.device());
            queued.add(json);
        });
        JsonObject json = new JsonObject();
        json.add("inRecord", inRecord);
        json.add("arrived", arrived);
        json.add("queued", queued);
        return json;
    }

    static Mailbox of(JsonFields fields) throws SyncException.Malformed {
        List<Command> inRecord = new ArrayList<>();
        for (JsonFields entry : fields.findObjects("inRecord").orElse(List.of())) {
            inRecord.add(command(entry));
        }
        List<ArrivedCommand> arrived = new ArrayList<>();
        for (JsonFields entry : fields.findObjects("arrived").orElse(List.of())) {
            arrived.add(new ArrivedCommand(command(entry), standing(entry)));
        }
        List<QueuedCommand> queued = new ArrayList<>();
        for (JsonFields entry : fields.findObjects("queued").orElse(List.of())) {
            String device = entry.findString("device").orElseThrow(() -> entry.missing("device"));
            queued.add(new QueuedCommand(device, command(entry)));
        }
        return new Mailbox(inRecord, arrived, queued);
    }

    private static Command command(JsonFields entry) throws SyncException.Malformed {
        JsonElement json = JsonParser.parseString(entry.toJson());
        return CommandCodec.find(json).orElseThrow(() -> entry.missing("command"));
    }

    private static Standing standing(JsonFields entry) throws SyncException.Malformed {
        Optional<String> word = entry.findString("standing");
        return Arrays.stream(Standing.values())
                .filter(standing -> word.isPresent()
                        && standing.name().toLowerCase(Locale.ROOT).equals(word.get()))
                .findFirst()
                .orElseThrow(() -> entry.notOfForm("standing", "a standing"));
    }
}
