// SPDX-License-Identifier: Apache-2.0
package io.heddle.integration.hostile;

import io.heddle.api.StateStore;
import io.heddle.api.SyncAdministration;
import io.heddle.api.SyncManager;
import io.heddle.api.account.AccountProvider;
import io.heddle.engine.record.RecordEngine;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.net.URL;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;

/** What a bundle can try without being run: services, bundles, classes, and claims to what others serve. */
final class Outside {

    private final BundleContext context;
    private final AtomicInteger eventsOfAccounts = new AtomicInteger();

    Outside(BundleContext context) {
        this.context = context;
        context.addServiceListener(event -> {
            if (isAccount(event.getServiceReference())) {
                eventsOfAccounts.incrementAndGet();
            }
        });
    }

    Map<String, String> attack() {
        Map<String, String> seen = new TreeMap<>();
        seen.put("the account provider by name", find(AccountProvider.class));
        seen.put("the state store by name", find(StateStore.class));
        seen.put("the administration by name", find(SyncAdministration.class));
        seen.put(
                "the account among all services",
                Attempt.of(() -> Arrays.stream(context.getAllServiceReferences(null, null))
                                .anyMatch(Outside::isAccount)
                        ? "found"
                        : "not found"));
        seen.put("events of accounts", String.valueOf(eventsOfAccounts.get()));
        seen.put("the administration through the manager", Attempt.of(() -> manager() instanceof SyncAdministration));
        seen.put(
                "an internal class of the manager",
                Attempt.of(() -> managerBundle()
                        .loadClass("io.heddle.manager.flow.account.AccountKeys")
                        .getSimpleName()));
        seen.put("secrets in static fields of the manager", Attempt.of(this::secretsInStaticFields));
        seen.put(
                "the account in the context of the manager",
                Attempt.of(() -> managerBundle().getBundleContext().getServiceReference(AccountProvider.class) == null
                        ? "not found"
                        : "found"));
        claim("forms", "forms");
        claim("mine", "passwords");
        claim("mine-too", "Crypto");
        manager().registerEngine("notes", List.of("notes"), new HostileRecords(context));
        return seen;
    }

    private void claim(String name, String collection) {
        context.registerService(
                RecordEngine.class,
                new HostileRecords(context),
                HostileActivator.engine(name, collection, Integer.MAX_VALUE));
    }

    private String find(Class<?> type) {
        return context.getServiceReference(type.getName()) == null ? "not found" : "found";
    }

    private static boolean isAccount(ServiceReference<?> reference) {
        return Arrays.asList((String[]) reference.getProperty(Constants.OBJECTCLASS))
                .contains(AccountProvider.class.getName());
    }

    private SyncManager manager() {
        return context.getService(context.getServiceReference(SyncManager.class));
    }

    private Bundle managerBundle() {
        return Arrays.stream(context.getBundles())
                .filter(bundle -> "io.heddle.manager".equals(bundle.getSymbolicName()))
                .findFirst()
                .orElseThrow();
    }

    /** The types of objects in static fields that may hold a secret. */
    private String secretsInStaticFields() throws Exception {
        Set<String> found = new TreeSet<>();
        int fields = 0;
        for (URL url : java.util.Collections.list(managerBundle().findEntries("io/heddle/manager", "*.class", true))) {
            String name = url.getPath().substring(1).replace('/', '.').replaceAll("\\.class$", "");
            if (name.endsWith("package-info")) {
                continue;
            }
            Class<?> type = managerBundle().loadClass(name);
            for (Field field : type.getDeclaredFields()) {
                if (Modifier.isStatic(field.getModifiers()) && field.trySetAccessible()) {
                    Object value = field.get(null);
                    fields++;
                    if (value != null && isOfOurs(value) && !(value instanceof Enum) && !isHarmless(value)) {
                        found.add(value.getClass().getName());
                    }
                }
            }
        }
        return fields > 50 ? found.toString() : "only " + fields + " fields read";
    }

    private static boolean isOfOurs(Object value) {
        return value.getClass().getName().startsWith("io.heddle.");
    }

    /** Values without a field that could hold a secret: the manager has none of those as text. */
    private static boolean isHarmless(Object value) {
        return Arrays.stream(value.getClass().getDeclaredFields())
                .filter(field -> !Modifier.isStatic(field.getModifiers()))
                .allMatch(field -> field.getType().isPrimitive()
                        || List.of("String", "Map", "Set", "List")
                                .contains(field.getType().getSimpleName()));
    }
}
