// SPDX-License-Identifier: Apache-2.0
package io.heddle.manager.text;

import io.heddle.api.EngineInfo;
import io.heddle.api.ManagerStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** What the manager knows, for people. */
public final class StatusText {

    private StatusText() {}

    /**
     * Tells what the manager does and did last.
     *
     * @param status what it knows
     * @param now the moment it is told
     * @return lines without an end of line behind the last
     */
    public static String of(ManagerStatus status, Instant now) {
        List<String> lines = new ArrayList<>();
        lines.add("Syncing:    " + (status.isSyncing() ? "yes" : "no"));
        lines.add("Engines:    " + status.engines().size());
        lines.add("Last sync:  "
                + status.findLastSync()
                        .map(last -> TimeInWords.relative(last.startedAt(), now) + ". " + ResultText.summary(last, now))
                        .orElse("none since the start"));
        status.findNextSyncAllowedAt()
                .ifPresent(moment ->
                        lines.add("Next sync:  the server wants to see it " + TimeInWords.relative(moment, now)));
        return String.join("\n", lines);
    }

    /**
     * Lists the engines.
     *
     * @param engines that are here
     * @param declined the names of all declined engines, of those not here too; empty when that is not known
     * @return lines without an end of line behind the last
     */
    public static String engines(List<EngineInfo> engines, Optional<Set<String>> declined) {
        Set<String> elsewhere = new TreeSet<>(declined.orElse(Set.of()));
        Table table = new Table("engine", "state", "collections", "version", "switch", "bundle", "why");
        for (EngineInfo engine : engines) {
            boolean off = elsewhere.contains(engine.name())
                    || engine.findGroup().filter(elsewhere::contains).isPresent();
            table.row(
                    engine.name(),
                    engine.findRefusal().isPresent() ? "refused" : off ? "declined" : "on",
                    String.join(" ", engine.collections()),
                    String.valueOf(engine.version()),
                    engine.findGroup().orElse(""),
                    engine.bundle(),
                    engine.findRefusal().orElse(""));
        }
        engines.forEach(engine -> {
            elsewhere.remove(engine.name());
            engine.findGroup().ifPresent(elsewhere::remove);
        });
        List<String> lines = new ArrayList<>(engines.isEmpty() ? List.of("No engine is here.") : table.lines());
        if (!elsewhere.isEmpty()) {
            lines.add(Table.printable("Declined, not here: " + String.join(", ", elsewhere)));
        }
        if (declined.isEmpty()) {
            lines.add("What is declined is not known before the first sync.");
        }
        return String.join("\n", lines);
    }

    /**
     * Lists the grants.
     *
     * @param grants names of collections and engines to the symbolic names of their bundles
     * @return lines without an end of line behind the last
     */
    public static String grants(Map<String, Set<String>> grants) {
        if (grants.isEmpty()) {
            return "Nothing is granted yet.";
        }
        Table table = new Table("collection", "bundle");
        grants.forEach((name, bundles) ->
                table.row(name, bundles.isEmpty() ? "(nobody)" : String.join(" ", new TreeSet<>(bundles))));
        return String.join("\n", table.lines());
    }
}
