// SPDX-License-Identifier: Apache-2.0
package io.heddle.manager.shell;

import io.heddle.api.EngineStatus;
import io.heddle.api.SyncAdministration;
import io.heddle.api.SyncManager;
import io.heddle.api.SyncRequest;
import io.heddle.api.SyncResult;
import io.heddle.engine.Command;
import io.heddle.manager.text.DeviceText;
import io.heddle.manager.text.ResultText;
import io.heddle.manager.text.StatusText;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * The shell commands of the scope {@code sync}. Gogo finds them by the service properties and prints what they return;
 * without Gogo they are a service that nobody asks for.
 */
@Component(
        service = SyncShell.class,
        property = {
            "osgi.command.scope=sync",
            "osgi.command.function=now",
            "osgi.command.function=status",
            "osgi.command.function=engines",
            "osgi.command.function=devices",
            "osgi.command.function=send",
            "osgi.command.function=enable",
            "osgi.command.function=decline",
            "osgi.command.function=reset",
            "osgi.command.function=restore",
            "osgi.command.function=disconnect",
            "osgi.command.function=grant",
            "osgi.command.function=grants",
            "osgi.command.function=revoke"
        })
public final class SyncShell {

    private static final String FIRST_USE = "first-use";

    private final SyncManager manager;
    private final SyncAdministration administration;
    private final EngineNames names;

    /**
     * Makes the commands of a manager.
     *
     * @param manager what they talk to
     * @param administration of the same manager
     * @param names of the same manager
     */
    @Activate
    public SyncShell(
            @Reference SyncManager manager,
            @Reference SyncAdministration administration,
            @Reference EngineNames names) {
        this.manager = manager;
        this.administration = administration;
        this.names = names;
    }

    /**
     * {@code sync:now [ENGINE…]}: syncs, on behalf of a person.
     *
     * @param engines the engines to sync, in this order; none for all
     * @return how it ended
     * @throws IllegalArgumentException when one of them is not here; the others were synced
     */
    public String now(String... engines) {
        SyncRequest request = engines.length == 0 ? SyncRequest.all() : SyncRequest.of(List.of(engines));
        SyncResult result = manager.syncNow(request.byUser());
        String text = ResultText.of(result, Instant.now());
        List<String> missing = result.engines().entrySet().stream()
                .filter(engine -> engine.getValue().status() == EngineStatus.NOT_REGISTERED)
                .map(Map.Entry::getKey)
                .toList();
        if (!missing.isEmpty()) {
            Set<String> here = new TreeSet<>();
            manager.status().engines().forEach(engine -> here.add(engine.name()));
            throw unknown("here", missing, here, "\n" + text);
        }
        return text;
    }

    /**
     * {@code sync:status}.
     *
     * @return what the manager does and did last
     */
    public String status() {
        return StatusText.of(manager.status(), Instant.now());
    }

    /**
     * {@code sync:engines}.
     *
     * @return the engines that are here, and what is declined
     */
    public String engines() {
        return StatusText.engines(manager.status().engines(), manager.getDeclined());
    }

    /**
     * {@code sync:devices}.
     *
     * @return the devices of the account as of the last sync
     */
    public String devices() {
        return DeviceText.of(manager.devices(), Instant.now());
    }

    /**
     * {@code sync:send COMMAND DEVICE|all [ARGUMENT…]}: sends a command to another device, or to all of them.
     *
     * @param command its name, for example {@code resetEngine}
     * @param device the device's id or name, or {@code all}
     * @param arguments of the command, for example an engine's name
     * @return what will happen
     * @throws IllegalArgumentException when there is no such device, or several are called so
     */
    public String send(String command, String device, String... arguments) {
        Set<String> ids = DeviceText.idsOf(manager.devices(), device);
        manager.send(Command.of(command, arguments), ids);
        return "Queued " + command + " for " + (ids.size() == 1 ? "1 device" : ids.size() + " devices")
                + "; the next sync sends it.";
    }

    /**
     * {@code sync:enable ENGINE…}: syncs engines again, on all devices.
     *
     * @param first the name of an engine or a group
     * @param more of them
     * @return what will happen
     * @throws IllegalArgumentException when nobody has heard of one of them; nothing was changed
     */
    public String enable(String first, String... more) {
        return change(true, first, more);
    }

    /**
     * {@code sync:decline ENGINE…}: syncs engines no longer, on any device.
     *
     * @param first the name of an engine or a group
     * @param more of them
     * @return what will happen
     * @throws IllegalArgumentException when nobody has heard of one of them; nothing was changed
     */
    public String decline(String first, String... more) {
        return change(false, first, more);
    }

    /**
     * {@code sync:reset [ENGINE…]}: has engines forget what the server holds.
     *
     * @param engines the engines to reset; none for all
     * @return what will happen
     * @throws IllegalArgumentException when nobody has heard of one of them; nothing was changed
     */
    public String reset(String... engines) {
        if (engines.length == 0) {
            administration.resetAll();
        } else {
            requireKnown(List.of(engines));
            administration.reset(Set.copyOf(List.of(engines)));
        }
        String names = engines.length == 0 ? "every engine" : String.join(" ", engines);
        return "The next sync of " + names + " is like a first one.";
    }

    /**
     * {@code sync:restore ENGINE}: replaces what the server and all other devices have of an engine with what is here.
     *
     * @param engine the engine whose data was restored here, for example from a backup
     * @return what will happen
     * @throws IllegalArgumentException when nobody has heard of it; nothing was changed
     */
    public String restore(String engine) {
        requireKnown(List.of(engine));
        administration.restore(engine);
        return "The next sync of " + engine
                + " replaces what the server has of it, and tells the other devices to take that.";
    }

    /**
     * {@code sync:disconnect}: takes this device off the account.
     *
     * @return how that went
     */
    public String disconnect() {
        return ResultText.of(administration.disconnect(), Instant.now());
    }

    /**
     * {@code sync:grants}: which bundle may serve which collection.
     *
     * @return a table
     */
    public String grants() {
        return StatusText.grants(administration.grants());
    }

    /**
     * {@code sync:grant COLLECTION BUNDLE}: lets a bundle serve a collection, and no other. {@code sync:grant first-use}:
     * from now on what nobody holds goes to the first bundle that claims it. Without arguments the same as
     * {@code sync:grants}.
     *
     * @param words the collection, an engine's name or {@code default-key}; the bundle's symbolic name
     * @return what was done
     */
    public String grant(String... words) {
        if (words.length == 0) {
            return grants();
        }
        if (words.length == 1 && words[0].equals(FIRST_USE)) {
            administration.trustFirstUse(true);
            return "What nobody holds goes to the first bundle that claims it.";
        }
        if (words.length != 2) {
            throw new IllegalArgumentException(
                    "sync:grant COLLECTION BUNDLE, where BUNDLE is a symbolic name; sync:grants lists them");
        }
        administration.grant(words[0], words[1]);
        return "Granted " + words[0] + " to " + words[1] + ".";
    }

    /**
     * {@code sync:revoke COLLECTION [BUNDLE]}: takes it from that bundle, or from everybody. {@code sync:revoke first-use}:
     * from now on every bundle needs a grant.
     *
     * @param name the collection, an engine's name or {@code default-key}
     * @param bundle the bundle's symbolic name
     * @return what was done
     */
    public String revoke(String name, String... bundle) {
        if (name.equals(FIRST_USE)) {
            administration.trustFirstUse(false);
            return "Every bundle needs a grant for what nobody holds yet.";
        }
        if (bundle.length > 1) {
            throw new IllegalArgumentException("sync:revoke COLLECTION [BUNDLE]; sync:grants lists them");
        }
        boolean changed = bundle.length == 0 ? administration.revoke(name) : administration.revoke(name, bundle[0]);
        return changed
                ? "Revoked " + name + ": who claims it needs a grant."
                : "Nothing has changed; sync:grants lists who holds what.";
    }

    private String change(boolean enabled, String first, String... more) {
        List<String> engines = Stream.concat(Stream.of(first), Stream.of(more)).toList();
        requireKnown(engines);
        engines.forEach(name -> manager.enableEngine(name, enabled));
        return (enabled ? "Enabled " : "Declined ") + String.join(" ", engines)
                + "; the next sync tells the other devices.";
    }

    private void requireKnown(List<String> engines) {
        Set<String> known = names.knownEngines();
        List<String> unknown =
                engines.stream().filter(name -> !known.contains(name)).toList();
        if (!unknown.isEmpty()) {
            throw unknown("known", unknown, known, "");
        }
    }

    private static IllegalArgumentException unknown(
            String where, List<String> engines, Set<String> others, String more) {
        String choice = others.isEmpty() ? "there is none" : where + " are " + String.join(", ", others);
        return new IllegalArgumentException(
                "no engine " + String.join(", ", engines) + " is " + where + "; " + choice + more);
    }
}
