// SPDX-License-Identifier: Apache-2.0
package io.heddle.manager.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heddle.api.Device;
import io.heddle.api.EngineInfo;
import io.heddle.api.EngineOutcome;
import io.heddle.api.EngineStatus;
import io.heddle.api.ManagerStatus;
import io.heddle.api.SyncAdministration;
import io.heddle.api.SyncManager;
import io.heddle.api.SyncRequest;
import io.heddle.api.SyncResult;
import io.heddle.api.SyncStatus;
import io.heddle.engine.Command;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The shell is strict about names that the manager takes as they come. */
class SyncShellTest {

    private static final List<Device> DEVICES = List.of(
            Device.builder("a", "Laptop").thisDevice().build(),
            Device.builder("b", "Phone")
                    .application("Firefox 153.7.0")
                    .protocols(List.of("1.5"))
                    .build(),
            Device.builder("c", "Phone").duplicate().build(),
            Device.builder("d", "Old").stale().build());

    private final Recorder manager = new Recorder();
    private final SyncShell shell = new SyncShell(manager, manager, manager);

    @Test
    void aSyncOfAnEngineThatIsNotHereFailsAfterItHasSyncedTheOthers() {
        assertThatThrownBy(() -> shell.now("forms", "nosuch"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("no engine nosuch is here; here are forms, notes\n")
                .hasMessageContaining("not registered")
                .hasMessageContaining("Up to date");

        assertThat(manager.calls).containsExactly("sync [forms, nosuch]");
    }

    @Test
    void aSyncOfEnginesThatAreHereSucceeds() {
        assertThat(shell.now("forms")).contains("Up to date");
        assertThat(shell.now()).contains("Up to date");
    }

    @Test
    void aNameThatNobodyKnowsIsNotChanged() {
        assertThatThrownBy(() -> shell.decline("forms", "nots"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("no engine nots is known; known are bookmarks, forms, notes");
        assertThatThrownBy(() -> shell.enable("nots")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> shell.reset("nots")).isInstanceOf(IllegalArgumentException.class);

        assertThat(manager.calls).isEmpty();
    }

    @Test
    void oneKnownEngineIsRestored() {
        assertThatThrownBy(() -> shell.restore("nots")).isInstanceOf(IllegalArgumentException.class);
        assertThat(shell.restore("notes")).startsWith("The next sync of notes replaces");

        assertThat(manager.calls).containsExactly("restore notes");
    }

    @Test
    void anEngineThatIsKnownButNotHereIsChanged() {
        assertThat(shell.decline("bookmarks", "forms")).startsWith("Declined bookmarks forms;");
        assertThat(shell.enable("bookmarks")).startsWith("Enabled bookmarks;");
        shell.reset("bookmarks");

        assertThat(manager.calls).containsExactly("bookmarks off", "forms off", "bookmarks on", "reset [bookmarks]");
    }

    @Test
    void grantsAreGivenTakenAndListed() {
        assertThat(shell.grant("notes", "org.example")).isEqualTo("Granted notes to org.example.");
        assertThat(shell.revoke("notes")).startsWith("Revoked notes");
        assertThat(shell.revoke("notes", "org.example")).startsWith("Nothing has changed");
        shell.grant("first-use");
        shell.revoke("first-use");
        assertThat(manager.calls)
                .containsExactly(
                        "grant notes org.example",
                        "revoke notes",
                        "revoke notes org.example",
                        "first use true",
                        "first use false");
        assertThat(shell.grant()).isEqualTo(shell.grants());
        assertThat(shell.grants().lines())
                .containsExactly("collection  bundle", "gone        (nobody)", "notes       org.example");
    }

    @Test
    void aGrantWithoutABundleIsRefused() {
        assertThatThrownBy(() -> shell.grant("notes")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> shell.revoke("notes", "one", "two")).isInstanceOf(IllegalArgumentException.class);
        assertThat(manager.calls).isEmpty();
    }

    @Test
    void devicesAreListedWithTheirMarks() {
        assertThat(shell.devices()).isEqualTo("The devices are not known before the first sync.");
        manager.devices = DEVICES;

        assertThat(shell.devices().lines().toList())
                .hasSize(5)
                .element(0)
                .asString()
                .matches("device +name +application +sync");
        assertThat(shell.devices())
                .contains("this device", "left behind by another", "not seen for weeks", "Firefox 153.7.0", "1.5");
    }

    @Test
    void commandGoesToADeviceByItsIdOrNameOrToAllOthers() {
        manager.devices = DEVICES;

        assertThat(shell.send("wipeEngine", "b", "forms"))
                .isEqualTo("Queued wipeEngine for 1 device; the next sync sends it.");
        shell.send("resetEngine", "Phone", "forms");
        shell.send("logout", "all");

        assertThat(manager.calls)
                .containsExactly(
                        "send Command[wipeEngine, 1 arguments] Optional[forms] to [b]",
                        "send Command[resetEngine, 1 arguments] Optional[forms] to [b]",
                        "send Command[logout, 0 arguments] Optional.empty to [b, c, d]");
    }

    @Test
    void commandForNobodyOrForOneOfSeveralIsRefused() {
        assertThatThrownBy(() -> shell.send("logout", "all"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("no other device is all; there is none");
        manager.devices = DEVICES;

        assertThatThrownBy(() -> shell.send("logout", "a"))
                .hasMessage("no other device is a; there are b (Phone), c (Phone), d (Old)");
        manager.devices = List.of(
                Device.builder("b", "Phone").build(),
                Device.builder("c", "Phone").build());
        assertThatThrownBy(() -> shell.send("logout", "Phone")).hasMessage("several devices are called Phone: b, c");
        assertThat(manager.calls).isEmpty();
    }

    /** A manager with two engines, which notes what it is asked. */
    private static final class Recorder implements SyncManager, SyncAdministration, EngineNames {

        private final List<String> calls = new ArrayList<>();
        private List<Device> devices = List.of();

        @Override
        public Set<String> knownEngines() {
            return new TreeSet<>(Set.of("notes", "forms", "bookmarks"));
        }

        @Override
        public SyncResult syncNow(SyncRequest request) {
            Set<String> names = new TreeSet<>(request.findEngines().orElse(Set.of()));
            calls.add("sync " + names);
            Map<String, EngineOutcome> outcomes = new TreeMap<>();
            names.forEach(name -> outcomes.put(
                    name,
                    EngineOutcome.of(name.equals("forms") ? EngineStatus.NOTHING_TO_DO : EngineStatus.NOT_REGISTERED)));
            return SyncResult.builder(SyncStatus.OK).engines(outcomes).build();
        }

        @Override
        public ManagerStatus status() {
            List<EngineInfo> engines = List.of(
                    new EngineInfo("notes", List.of("notes"), 1, "", "bundle"),
                    new EngineInfo("forms", List.of("forms"), 1, "", "bundle"));
            return new ManagerStatus(false, engines, Optional.empty(), Optional.empty());
        }

        @Override
        public void enableEngine(String name, boolean enabled) {
            calls.add(name + (enabled ? " on" : " off"));
        }

        @Override
        public void reset(Set<String> engines) {
            calls.add("reset " + engines);
        }

        @Override
        public void restore(String engine) {
            calls.add("restore " + engine);
        }

        @Override
        public boolean stop(Duration timeout) {
            return true;
        }

        @Override
        public Optional<Set<String>> getDeclined() {
            return Optional.empty();
        }

        @Override
        public List<Device> devices() {
            return devices;
        }

        @Override
        public void send(Command command, Set<String> to) {
            calls.add("send " + command + " " + command.findArgument(0) + " to " + to);
        }

        @Override
        public EngineRegistration registerEngine(String name, List<String> collections, Object engine) {
            throw new UnsupportedOperationException("the shell registers nothing");
        }

        @Override
        public SyncResult disconnect() {
            throw new UnsupportedOperationException("not asked here");
        }

        @Override
        public void resetAll() {
            calls.add("reset all");
        }

        @Override
        public void grant(String name, String bundle) {
            calls.add("grant " + name + " " + bundle);
        }

        @Override
        public boolean revoke(String name) {
            return calls.add("revoke " + name);
        }

        @Override
        public boolean revoke(String name, String bundle) {
            return !calls.add("revoke " + name + " " + bundle);
        }

        @Override
        public Map<String, Set<String>> grants() {
            return new TreeMap<>(Map.of("notes", Set.of("org.example"), "gone", Set.of()));
        }

        @Override
        public void trustFirstUse(boolean trusted) {
            calls.add("first use " + trusted);
        }
    }
}
