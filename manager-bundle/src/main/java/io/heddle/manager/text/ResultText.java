// SPDX-License-Identifier: Apache-2.0
package io.heddle.manager.text;

import io.heddle.api.EngineOutcome;
import io.heddle.api.EngineStatus;
import io.heddle.api.SyncResult;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The result of a sync for people: a table of the engines and a line that sums up.
 *
 * <pre>
 * engine  status   in  out  left out
 * forms   ok        1    0
 * notes   partial   3    2  notes/9s2kPqLm0aXc
 * Some engines need attention (0.8 s).
 * </pre>
 */
public final class ResultText {

    private static final int IDS_SHOWN = 3;

    private ResultText() {}

    /**
     * Tells how a sync ended.
     *
     * @param result of the sync
     * @param now the moment it is told
     * @return lines without an end of line behind the last
     */
    public static String of(SyncResult result, Instant now) {
        List<String> lines = new ArrayList<>(engines(result));
        result.sentCommands()
                .forEach(sent -> lines.add(
                        Table.printable("Sent " + sent.command().name() + " to device " + sent.device() + ".")));
        lines.add(summary(result, now));
        return String.join("\n", lines);
    }

    /**
     * Sums up how a sync ended.
     *
     * @param result of the sync
     * @param now the moment it is told
     * @return one line
     */
    static String summary(SyncResult result, Instant now) {
        String reason = result.findMessage().map(text -> ": " + text).orElse("");
        String wait = result.findNextSyncAllowedAt()
                .map(moment -> "; the server wants to see the next sync " + TimeInWords.relative(moment, now))
                .orElse("");
        return Table.printable(headline(result) + reason + wait + " (" + TimeInWords.length(result.duration()) + ").");
    }

    private static String headline(SyncResult result) {
        return switch (result.status()) {
            case OK -> changes(result);
            case ENGINES_FAILED -> "Some engines need attention";
            case AUTH_ERROR -> "The account was not accepted";
            case BACKED_OFF -> "The server asks for rest";
            case CLIENT_UPGRADE_REQUIRED -> "Newer software wrote this account; please update this one";
            case MALFORMED_SERVER_STATE -> "What the server holds is no valid account; nothing there was touched";
            case CONFLICT -> "Other devices kept writing at the same time; please sync again later";
            case QUOTA_EXCEEDED -> "The account's storage is full";
            case SERVICE_ERROR -> "The server failed";
            case SERVICE_CLOSED -> "The service was closed for good";
            case NETWORK_ERROR -> "The server could not be reached";
            case STOPPED -> "The sync was stopped";
            case NO_ACCOUNT -> "There is no account to sync with";
            case LOCAL_ERROR -> "This device could not keep its own state";
        };
    }

    private static String changes(SyncResult result) {
        int in = result.engines().values().stream()
                .mapToInt(EngineOutcome::incoming)
                .sum();
        int out = result.engines().values().stream()
                .mapToInt(EngineOutcome::outgoing)
                .sum();
        return in + out == 0 ? "Up to date" : "Synced: " + in + " in, " + out + " out";
    }

    private static List<String> engines(SyncResult result) {
        if (result.engines().isEmpty()) {
            return List.of();
        }
        Table table = new Table("engine", "status", "in", "out", "left out", "message");
        result.engines().forEach((name, outcome) -> {
            boolean ran = outcome.incoming() + outcome.outgoing() > 0 || isRun(outcome.status());
            table.row(
                    name,
                    words(outcome.status()),
                    ran ? String.valueOf(outcome.incoming()) : "",
                    ran ? String.valueOf(outcome.outgoing()) : "",
                    ids(outcome.failedIds()),
                    outcome.findMessage().orElse(""));
        });
        return table.lines();
    }

    private static boolean isRun(EngineStatus status) {
        return status == EngineStatus.OK || status == EngineStatus.NOTHING_TO_DO || status == EngineStatus.PARTIAL;
    }

    static String words(Enum<?> status) {
        return status.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private static String ids(List<String> ids) {
        String shown = String.join(", ", ids.subList(0, Math.min(IDS_SHOWN, ids.size())));
        return ids.size() <= IDS_SHOWN ? shown : shown + " and " + (ids.size() - IDS_SHOWN) + " more";
    }
}
