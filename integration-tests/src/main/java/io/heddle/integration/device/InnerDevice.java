// SPDX-License-Identifier: Apache-2.0
package io.heddle.integration.device;

import io.heddle.api.EngineInfo;
import io.heddle.api.SyncManager;
import io.heddle.api.SyncRequest;
import io.heddle.api.SyncResult;
import io.heddle.integration.bench.Deadline;
import io.heddle.integration.bench.Device;
import io.heddle.integration.bench.Synced;
import io.heddle.integration.bench.TodoDesk;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;

/** A device seen from the inside: every call looks its services up anew, since they come and go. */
final class InnerDevice implements Device {

    private final BundleContext context;

    InnerDevice(BundleContext context) {
        this.context = context;
    }

    @Override
    public Synced sync() {
        SyncResult result =
                withManager(manager -> manager.syncNow(SyncRequest.all().byUser()));
        Map<String, String> engines = new TreeMap<>();
        result.engines()
                .forEach((name, outcome) -> engines.put(name, outcome.status().name()));
        return new Synced(result.status().name(), engines, result.findMessage().orElseGet(() -> failures(result)));
    }

    private static String failures(SyncResult result) {
        return result.engines().entrySet().stream()
                .filter(engine -> engine.getValue().isFailure())
                .map(engine ->
                        engine.getKey() + " " + engine.getValue().findMessage().orElse(""))
                .collect(Collectors.joining("; "));
    }

    @Override
    public void awaitEngines(String... names) {
        Deadline.await("the engines " + List.of(names), () -> engines().containsAll(List.of(names)));
    }

    @Override
    public boolean isIdle() {
        return withManager(manager -> manager.stop(Duration.ZERO));
    }

    @Override
    public TodoDesk desk(String engine) {
        AtomicReference<TodoDesk> found = new AtomicReference<>();
        Deadline.await("the desk of " + engine, () -> {
            try {
                context.getServiceReferences(TodoDesk.class, "(sync.engine.name=" + engine + ")").stream()
                        .map(context::getService)
                        .filter(Objects::nonNull)
                        .forEach(found::set);
            } catch (InvalidSyntaxException e) {
                throw new AssertionError(e);
            }
            return found.get() != null;
        });
        return found.get();
    }

    @Override
    public Map<String, String> devices() {
        Map<String, String> applications = new TreeMap<>();
        withManager(SyncManager::devices)
                .forEach(device ->
                        applications.put(device.name(), device.findApplication().orElse("")));
        return applications;
    }

    @Override
    public String call(String scope, String function, String... arguments) {
        try {
            String filter = "(&(osgi.command.scope=" + scope + ")(osgi.command.function=" + function + "))";
            ServiceReference<?>[] commands = context.getServiceReferences((String) null, filter);
            if (commands == null) {
                throw new AssertionError("there is no command " + scope + ":" + function);
            }
            Object command = context.getService(commands[0]);
            for (Method method : command.getClass().getMethods()) {
                if (method.getName().equals(function) && takes(method, arguments.length)) {
                    return String.valueOf(method.invoke(command, parameters(method, arguments)));
                }
            }
            throw new AssertionError(scope + ":" + function + " doesn't take " + arguments.length + " arguments");
        } catch (ReflectiveOperationException | InvalidSyntaxException e) {
            throw new AssertionError(scope + ":" + function + " failed", e);
        }
    }

    private static boolean takes(Method method, int arguments) {
        int parameters = method.getParameterCount();
        return method.isVarArgs() ? arguments >= parameters - 1 : arguments == parameters;
    }

    private static Object[] parameters(Method method, String... arguments) {
        if (!method.isVarArgs()) {
            return arguments;
        }
        int last = method.getParameterCount() - 1;
        Object[] parameters = Arrays.copyOf(arguments, last + 1, Object[].class);
        parameters[last] = Arrays.copyOfRange(arguments, last, arguments.length);
        return parameters;
    }

    private Set<String> engines() {
        return withManager(manager ->
                manager.status().engines().stream().map(EngineInfo::name).collect(Collectors.toSet()));
    }

    private <T> T withManager(Function<SyncManager, T> call) {
        Deadline.await("the manager", () -> context.getServiceReference(SyncManager.class) != null);
        ServiceReference<SyncManager> reference = context.getServiceReference(SyncManager.class);
        try {
            return call.apply(context.getService(reference));
        } finally {
            context.ungetService(reference);
        }
    }
}
