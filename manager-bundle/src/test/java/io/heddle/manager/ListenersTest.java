// SPDX-License-Identifier: Apache-2.0
package io.heddle.manager;

import static org.assertj.core.api.Assertions.assertThat;

import io.heddle.api.CommandStatus;
import io.heddle.api.EngineOutcome;
import io.heddle.api.EngineProgress;
import io.heddle.api.EngineProgress.Phase;
import io.heddle.api.EngineStatus;
import io.heddle.api.SyncListener;
import io.heddle.api.SyncRequest;
import io.heddle.api.SyncResult;
import io.heddle.api.SyncStatus;
import io.heddle.engine.Command;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One listener's failure, of whatever kind, is nobody else's. */
class ListenersTest {

    private static final List<String> ALL = List.of(
            "syncStarted", "engineProgressed", "engineFinished", "declinedChanged", "commandArrived", "syncFinished");

    @ParameterizedTest
    @ValueSource(classes = {IllegalStateException.class, StackOverflowError.class, LinkageError.class})
    void theNextListenerIsToldOfEverything(Class<? extends Throwable> failure) {
        List<String> told = new ArrayList<>();
        SyncListener failing = listener(method -> {
            throw failure.getConstructor().newInstance();
        });
        Listeners listeners = new Listeners(() -> List.of(failing, listener(told::add)));

        listeners.syncStarted(SyncRequest.all());
        listeners.engineProgressed(EngineProgress.of("todo", Phase.APPLYING, 1));
        listeners.engineFinished("todo", EngineOutcome.of(EngineStatus.OK));
        listeners.declinedChanged(Set.of());
        listeners.commandArrived(Command.of("logout"), CommandStatus.DONE);
        listeners.syncFinished(SyncResult.builder(SyncStatus.OK).build());

        assertThat(told).isEqualTo(ALL);
    }

    private interface Action {
        void on(String method) throws Throwable;
    }

    private static SyncListener listener(Action action) {
        return (SyncListener) Proxy.newProxyInstance(
                ListenersTest.class.getClassLoader(),
                new Class<?>[] {SyncListener.class},
                (proxy, method, arguments) -> {
                    if (method.getName().equals("equals")) {
                        return proxy == arguments[0];
                    }
                    action.on(method.getName());
                    return null;
                });
    }
}
