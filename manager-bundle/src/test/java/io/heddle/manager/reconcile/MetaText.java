// SPDX-License-Identifier: Apache-2.0
package io.heddle.manager.reconcile;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.heddle.manager.failure.SyncException;
import io.heddle.manager.wire.MetaGlobal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * meta/global in a line: {@code G{todo/1 t, notes/2 ? +x} -history +y v4} has the global syncID G, the entry todo of version
 * 1 with the syncID t, the entry notes of version 2 without a syncID and with an unknown field x; history is declined; the
 * document has an unknown field y; its storage version is 4, or 5 where none is said. A question mark is no syncID; {@code
 * new} is the one that the decision's NewSyncIds give; {@code known 9} stands for nine entries of Firefox's engines, of
 * Firefox's versions and new.
 */
final class MetaText {

    private static final Pattern FORM = Pattern.compile("(\\S+?)\\{(.*)}(.*)");
    private static final Set<String> FIELDS = Set.of("syncID", "storageVersion", "engines", "declined");
    private static final Set<String> ENTRY_FIELDS = Set.of("syncID", "version");

    private MetaText() {}

    static MetaGlobal parse(String text) {
        Matcher parts = FORM.matcher(text);
        if (!parts.matches()) {
            throw new IllegalArgumentException(text);
        }
        JsonObject document = new JsonObject();
        document.addProperty("storageVersion", 5);
        addSyncId(document, parts.group(1));
        JsonObject entries = new JsonObject();
        for (String entry : words(parts.group(2), ",")) {
            addEntry(entries, entry);
        }
        document.add("engines", entries);
        JsonArray declined = new JsonArray();
        for (String word : words(parts.group(3), " ")) {
            String rest = word.substring(1);
            switch (word.charAt(0)) {
                case '-' -> declined.add(rest);
                case '+' -> document.addProperty(rest, "kept");
                case 'v' -> document.addProperty("storageVersion", Integer.parseInt(rest));
                default -> throw new IllegalArgumentException(text);
            }
        }
        document.add("declined", declined);
        try {
            return MetaGlobal.parse(document.toString());
        } catch (SyncException.Malformed e) {
            throw new IllegalArgumentException(text, e);
        }
    }

    static String of(MetaGlobal meta, NewSyncIds ids) {
        JsonObject document = JsonParser.parseString(meta.toPayload()).getAsJsonObject();
        List<String> entries = new ArrayList<>();
        int known = 0;
        Map<String, JsonElement> byName =
                new TreeMap<>(document.getAsJsonObject("engines").asMap());
        for (Map.Entry<String, JsonElement> entry : byName.entrySet()) {
            String name = entry.getKey();
            String text = entryText(
                    name,
                    entry.getValue().getAsJsonObject(),
                    ids.forCollection(name).value());
            if (text.equals(name + "/" + KnownEngines.versionOf(name).orElse(-1) + " new")) {
                known++;
            } else {
                entries.add(text);
            }
        }
        if (known > 0) {
            entries.add(0, "known " + known);
        }
        StringBuilder text = new StringBuilder(syncIdText(document, ids.global().value()));
        text.append('{').append(String.join(", ", entries)).append('}');
        Set<String> declined = new TreeSet<>(meta.declined());
        declined.forEach(name -> text.append(" -").append(name));
        appendUnknown(text, document, FIELDS);
        if (meta.storageVersion() != 5) {
            text.append(" v").append(meta.storageVersion());
        }
        return text.toString();
    }

    private static void addEntry(JsonObject entries, String text) {
        List<String> words = words(text, " ");
        String[] name = words.get(0).split("/");
        JsonObject entry = new JsonObject();
        entry.addProperty("version", Integer.parseInt(name[1]));
        addSyncId(entry, words.get(1));
        words.stream().skip(2).forEach(word -> entry.addProperty(word.substring(1), "kept"));
        entries.add(name[0], entry);
    }

    private static void addSyncId(JsonObject json, String syncId) {
        if (!syncId.equals("?")) {
            json.addProperty("syncID", syncId);
        }
    }

    private static String entryText(String name, JsonObject entry, String fresh) {
        StringBuilder text = new StringBuilder(name + "/" + entry.get("version") + " " + syncIdText(entry, fresh));
        appendUnknown(text, entry, ENTRY_FIELDS);
        return text.toString();
    }

    private static String syncIdText(JsonObject json, String fresh) {
        String syncId = json.has("syncID") ? json.get("syncID").getAsString() : "?";
        return syncId.equals(fresh) ? "new" : syncId;
    }

    private static void appendUnknown(StringBuilder text, JsonObject json, Set<String> known) {
        Set<String> unknown = new TreeSet<>(json.keySet());
        unknown.removeAll(known);
        unknown.forEach(name -> text.append(" +").append(name));
    }

    private static List<String> words(String text, String separator) {
        List<String> words = new ArrayList<>();
        for (String word : text.split(separator)) {
            if (!word.isBlank()) {
                words.add(word.strip());
            }
        }
        return words;
    }
}
