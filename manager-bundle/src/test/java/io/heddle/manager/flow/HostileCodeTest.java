// SPDX-License-Identifier: Apache-2.0
package io.heddle.manager.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.heddle.api.EngineOutcome;
import io.heddle.api.EngineStatus;
import io.heddle.api.SyncRequest;
import io.heddle.api.SyncResult;
import io.heddle.api.SyncStatus;
import io.heddle.engine.record.RecordEngine;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever an engine throws or gives back, it alone fails, and the next sync finds it in order again. */
class HostileCodeTest extends OneServer {

    private static final List<String> METHODS =
            List.of("open", "findSyncPoint", "stage", "apply", "hasNext", "next", "uploaded");

    /** What is thrown, each the way it really comes about where that can be had. */
    enum Harm {
        EXCEPTION,
        STACK_OVERFLOW,
        MISSING_CLASS,
        ITS_OWN_ERROR;

        void happen() {
            switch (this) {
                case EXCEPTION -> throw new UnsupportedOperationException("on purpose");
                case STACK_OVERFLOW -> happen();
                case MISSING_CLASS -> throw new NoClassDefFoundError("org/example/Gone");
                case ITS_OWN_ERROR -> throw new WordlessError();
            }
        }
    }

    /** Can't even say what it is. */
    private static final class WordlessError extends Error {
        private static final long serialVersionUID = 1L;

        @Override
        public String getMessage() {
            throw new IllegalStateException("speechless");
        }
    }

    /** Never comes to the end of its own description. */
    private static final class EndlessException extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final transient Hold hold;

        EndlessException(Hold hold) {
            this.hold = hold;
        }

        @Override
        public String toString() {
            hold.stayStubbornly();
            return "at last";
        }
    }

    static Stream<Arguments> everyMethodAndHarm() {
        return METHODS.stream().flatMap(method -> Stream.of(Harm.values()).map(harm -> Arguments.of(method, harm)));
    }

    private TestDevice laptopBesides(RecordEngine engine) {
        TestDevice phone = otherDevice("Phone");
        phone.engine("bad").put("theirs", "from the phone");
        phone.sync();
        TestDevice laptop = device("Laptop");
        laptop.offer(engine, spec("bad"));
        laptop.engine("todo").put("a", "one");
        return laptop;
    }

    private static void assertOnlyBadFailed(SyncResult result, String... message) {
        assertThat(result.status()).isEqualTo(SyncStatus.ENGINES_FAILED);
        EngineOutcome bad = result.engines().get("bad");
        assertThat(bad.status()).isEqualTo(EngineStatus.FAILED);
        assertThat(bad.findMessage().orElseThrow()).contains(message);
        assertThat(result.engines().get("todo").status()).isEqualTo(EngineStatus.OK);
    }

    @ParameterizedTest
    @MethodSource("everyMethodAndHarm")
    void aRecordEngineThatThrowsFailsAlone(String method, Harm harm) {
        MemoryEngine items = new MemoryEngine("bad");
        items.put("mine", "from the laptop");
        boolean[] harmless = {false};
        TestDevice laptop = laptopBesides(Intercepted.engine(items, method, original -> {
            if (!harmless[0]) {
                harm.happen();
            }
            return original.call();
        }));

        assertOnlyBadFailed(laptop.sync(), method, "threw");

        harmless[0] = true;
        assertThat(laptop.sync().status()).isEqualTo(SyncStatus.OK);
        assertThat(items.items()).containsOnlyKeys("mine", "theirs");
        assertThat(server.bsos(account, "bad")).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"open", "findSyncPoint", "apply", "next"})
    void aRecordEngineThatGivesBackNullFailsAlone(String method) {
        MemoryEngine items = new MemoryEngine("bad");
        items.put("mine", "from the laptop");
        TestDevice laptop = laptopBesides(Intercepted.engine(items, method, original -> null));

        assertOnlyBadFailed(laptop.sync(), method, "returned null");
    }

    @Test
    void whatClosingThrowsIsOnlyLogged() {
        TestDevice laptop = laptopBesides(Intercepted.engine(new MemoryEngine("bad"), "close", original -> {
            throw new NoClassDefFoundError("org/example/Gone");
        }));

        SyncResult result = laptop.sync();

        assertThat(result.status()).isEqualTo(SyncStatus.OK);
        assertThat(result.engines().get("bad").incoming()).isEqualTo(1);
    }

    @Test
    void aResetThatThrowsIsStillToBeDone() {
        MemoryEngine items = new MemoryEngine("bad");
        boolean[] harmless = {false};
        TestDevice laptop = laptopBesides(Intercepted.engine(items, "reset", original -> {
            if (!harmless[0]) {
                Harm.STACK_OVERFLOW.happen();
            }
            return original.call();
        }));
        laptop.service().reset(Set.of("bad"));

        assertOnlyBadFailed(laptop.sync(), "reset", "StackOverflowError");

        harmless[0] = true;
        assertThat(laptop.sync().status()).isEqualTo(SyncStatus.OK);
        assertThat(items.count("reset")).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(Harm.class)
    void anEngineWithATokenThatThrowsFailsAlone(Harm harm) {
        TestDevice laptop = device("Laptop");
        laptop.engine("todo").put("a", "one");
        laptop.offer(
                new TransferEngine(state -> {
                    harm.happen();
                    return null;
                }),
                spec("bad"));

        assertOnlyBadFailed(laptop.sync(), "sync", "threw");
    }

    @Test
    void anEngineWithATokenThatGivesBackNullFailsAlone() {
        TestDevice laptop = device("Laptop");
        laptop.engine("todo").put("a", "one");
        laptop.offer(new TransferEngine(state -> null), spec("bad"));

        assertOnlyBadFailed(laptop.sync(), "sync", "returned null");
    }

    @Test
    void anEngineWithATokenCanNotAskForASync() {
        TestDevice laptop = device("Laptop");
        laptop.engine("todo").put("a", "one");
        laptop.offer(
                new TransferEngine(state -> {
                    laptop.service().syncNow(SyncRequest.all());
                    return null;
                }),
                spec("bad"));

        assertOnlyBadFailed(laptop.sync(), "IllegalStateException");
    }

    @Test
    void aServiceThatIsNoEngineFailsAlone() {
        TestDevice laptop = device("Laptop");
        laptop.engine("todo").put("a", "one");
        laptop.offer("no engine", spec("bad"));

        assertOnlyBadFailed(laptop.sync(), "neither");
    }

    @Test
    void aServiceThatCanNotBeHadFailsAlone() {
        TestDevice laptop = device("Laptop");
        laptop.engine("todo").put("a", "one");
        laptop.offer(null, spec("bad"));

        assertOnlyBadFailed(laptop.sync(), "getService returned null");
    }

    @Test
    void anExceptionThatHangsWhenItIsPrintedHoldsUpNobody() throws Exception {
        setup.engineTimeout = Duration.ofSeconds(2);
        setup.parallelEngines = 1;
        TestDevice laptop = device("Laptop");
        laptop.offer(
                new TransferEngine(state -> {
                    throw new EndlessException(hold);
                }),
                spec("bad"));
        laptop.engine("todo").put("a", "one");

        SyncResult result = end(begin(laptop, SyncRequest.all()));

        assertOnlyBadFailed(result, "printStackTrace", "does not stop");
        hold.release();
        assertThat(laptop.service().stop(LONG)).isTrue();
    }
}
