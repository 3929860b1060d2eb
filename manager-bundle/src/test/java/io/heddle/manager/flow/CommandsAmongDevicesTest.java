// SPDX-License-Identifier: Apache-2.0
package io.heddle.manager.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.heddle.api.CommandOutcome;
import io.heddle.api.CommandStatus;
import io.heddle.api.EngineStatus;
import io.heddle.api.SyncResult;
import io.heddle.api.SyncStatus;
import io.heddle.engine.Command;
import io.heddle.engine.EngineResult;
import io.heddle.engine.record.RecordContext;
import io.heddle.engine.record.RecordSession;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Devices that send each other commands, from applications and from engines. */
class CommandsAmongDevicesTest extends OneServer {

    private static final Command REFRESH = Command.of("refresh", "todo");
    private static final int ROUNDS = 12;

    /** A device whose engine comes and goes. */
    private final class Member {
        private final TestDevice device;
        private final Set<String> performed = new TreeSet<>();
        private final Set<String> expected = new TreeSet<>();
        private final MemoryEngine todo = new MemoryEngine("todo") {
            @Override
            public synchronized boolean perform(Command command) {
                performed.add(command.findArgument(1).orElseThrow());
                return true;
            }
        };
        private long service;
        private boolean here;

        private Member(String name) {
            device = otherDevice(name);
            toggle();
        }

        private void toggle() {
            if (here) {
                device.registry.remove(service);
            } else {
                service = device.offer(todo, spec("todo"));
            }
            here = !here;
        }

        private String id() {
            return device.memory().current().deviceId();
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void everyCommandArrivesWhileEnginesComeAndGo(long seed) {
        Random random = new Random(seed);
        List<Member> members = List.of(new Member("Laptop"), new Member("Phone"), new Member("Tablet"));
        members.forEach(member -> member.device.sync());
        members.forEach(member -> member.device.sync());

        for (int round = 0; round < ROUNDS; round++) {
            Member sender = members.get(random.nextInt(3));
            Member receiver = members.get(random.nextInt(3));
            if (sender != receiver) {
                String number = "seed " + seed + " round " + round;
                sender.device.service().send(Command.of("note", "todo", number), Set.of(receiver.id()));
                receiver.expected.add(number);
            }
            Member changing = members.get(random.nextInt(3));
            changing.toggle();
            Member syncing = members.get(random.nextInt(3));
            assertThat(syncing.device.sync().status()).isEqualTo(SyncStatus.OK);
            if (random.nextInt(4) == 0) {
                syncing.device.restart();
            }
        }
        members.stream().filter(member -> !member.here).forEach(Member::toggle);
        members.forEach(member -> member.device.sync());
        members.forEach(member -> member.device.sync());

        assertThat(members).allSatisfy(member -> {
            assertThat(member.performed).isEqualTo(member.expected);
            assertThat(member.device.memory().account().arrivedCommands()).isEmpty();
            assertThat(member.device.memory().account().queuedCommands()).isEmpty();
        });
        assertThat(members.stream().mapToInt(member -> member.expected.size()).sum())
                .isGreaterThan(4);
    }

    @Test
    void engineReachesItsLikesOnAllOtherDevicesWithTheSameSync() {
        TestDevice laptop = device("Laptop");
        TestDevice phone = otherDevice("Phone");
        MemoryEngine phoneTodo = phone.engine("todo");
        AtomicReference<RecordContext> kept = new AtomicReference<>();
        laptop.offer(new Sender(kept, false), spec("todo"));
        laptop.sync();
        phone.sync();

        SyncResult result = laptop.sync();

        assertThat(result.sentCommands()).hasSize(1);
        assertThat(result.sentCommands().get(0).command()).isEqualTo(REFRESH);
        assertThat(phone.sync().arrivedCommands()).containsExactly(CommandOutcome.of(REFRESH, CommandStatus.UNKNOWN));
        assertThat(phoneTodo.calls).contains("perform refresh");
        // Its run is over.
        assertThat(refusal(() -> kept.get().commandOthers(REFRESH))).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void engineSendsNothingWhenItsRunFails() {
        TestDevice laptop = device("Laptop");
        TestDevice phone = otherDevice("Phone");
        laptop.offer(new Sender(new AtomicReference<>(), true), spec("todo"));
        laptop.sync();
        phone.sync();

        SyncResult result = laptop.sync();

        assertThat(result.engines().get("todo").status()).isEqualTo(EngineStatus.FAILED);
        assertThat(result.sentCommands()).isEmpty();
        assertThat(laptop.memory().account().queuedCommands()).isEmpty();
    }

    @Test
    void engineSpeaksForItselfOnly() {
        TestDevice laptop = device("Laptop");
        List<Throwable> refusals = new ArrayList<>();
        laptop.offer(
                new MemoryEngine("todo") {
                    @Override
                    public RecordSession open(RecordContext context) throws Exception {
                        refusals.add(refusal(() -> context.commandOthers(Command.of("wipeEngine", "passwords"))));
                        refusals.add(refusal(() -> context.commandOthers(Command.of("wipeAll"))));
                        return super.open(context);
                    }
                },
                spec("todo"));
        laptop.offer(
                new TransferEngine(state ->
                        EngineResult.of(0, 0).withCommandsForOthers(List.of(Command.of("wipeEngine", "todo")))),
                spec("notes"));

        SyncResult result = laptop.sync();

        assertThat(refusals).hasSize(2).allMatch(IllegalArgumentException.class::isInstance);
        assertThat(result.engines().get("notes").status()).isEqualTo(EngineStatus.FAILED);
    }

    @Test
    void engineWithATokenSendsToo() {
        TestDevice laptop = device("Laptop");
        TestDevice phone = otherDevice("Phone");
        laptop.offer(
                new TransferEngine(state -> EngineResult.of(0, 0).withCommandsForOthers(List.of(REFRESH))),
                spec("todo"));
        laptop.sync();
        phone.sync();

        assertThat(laptop.sync().sentCommands()).hasSize(1);
    }

    private static Throwable refusal(Runnable call) {
        try {
            call.run();
        } catch (RuntimeException e) {
            return e;
        }
        throw new AssertionError("it was not refused");
    }

    /** Has the others refresh, in each of its runs. */
    private static final class Sender extends MemoryEngine {
        private final AtomicReference<RecordContext> kept;
        private final boolean failing;

        private Sender(AtomicReference<RecordContext> kept, boolean failing) {
            super("todo");
            this.kept = kept;
            this.failing = failing;
        }

        @Override
        public synchronized RecordSession open(RecordContext context) throws Exception {
            kept.set(context);
            context.commandOthers(REFRESH);
            if (failing) {
                throw new IllegalStateException("after it has sent");
            }
            return super.open(context);
        }
    }
}
