// SPDX-License-Identifier: Apache-2.0
package io.heddle.manager;

import io.heddle.api.CommandStatus;
import io.heddle.api.EngineOutcome;
import io.heddle.api.EngineProgress;
import io.heddle.api.SyncListener;
import io.heddle.api.SyncRequest;
import io.heddle.api.SyncResult;
import io.heddle.engine.Command;
import java.util.Map;
import java.util.Set;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.event.Event;
import org.osgi.service.event.EventAdmin;

/**
 * Posts what listeners are told as events of the topics {@code io/heddle/sync/*}, where there is an EventAdmin: STARTED,
 * PROGRESS (engine, phase, done), ENGINE (engine, status, incoming, outgoing), DECLINED (declined), COMMAND (name, status) and
 * FINISHED (status).
 *
 * <p>An EventAdmin keeps the order of one thread's events, and all of these are posted on one: they arrive in order.
 */
@Component(service = SyncListener.class)
public final class SyncEvents implements SyncListener {

    private static final String TOPIC = "io/heddle/sync/";

    private final EventAdmin events;

    /**
     * Posts to an EventAdmin.
     *
     * @param events where to
     */
    @Activate
    public SyncEvents(@Reference EventAdmin events) {
        this.events = events;
    }

    @Override
    public void syncStarted(SyncRequest request) {
        post("STARTED", Map.of("byUser", request.isByUser()));
    }

    @Override
    public void engineProgressed(EngineProgress progress) {
        post(
                "PROGRESS",
                Map.of(
                        "engine", progress.engine(),
                        "phase", progress.phase().name(),
                        "done", progress.done()));
    }

    @Override
    public void engineFinished(String engine, EngineOutcome outcome) {
        post(
                "ENGINE",
                Map.of(
                        "engine", engine,
                        "status", outcome.status().name(),
                        "incoming", outcome.incoming(),
                        "outgoing", outcome.outgoing()));
    }

    @Override
    public void declinedChanged(Set<String> declined) {
        post("DECLINED", Map.of("declined", declined.toArray(String[]::new)));
    }

    /** Without the arguments, which may be private. */
    @Override
    public void commandArrived(Command command, CommandStatus status) {
        post("COMMAND", Map.of("name", command.name(), "status", status.name()));
    }

    @Override
    public void syncFinished(SyncResult result) {
        post("FINISHED", Map.of("status", result.status().name()));
    }

    private void post(String name, Map<String, ?> properties) {
        events.postEvent(new Event(TOPIC + name, properties));
    }
}
