// SPDX-License-Identifier: Apache-2.0
package io.heddle.integration;

import static org.assertj.core.api.Assertions.assertThat;

import io.heddle.api.EngineInfo;
import io.heddle.api.SyncManager;
import io.heddle.api.SyncRequest;
import io.heddle.api.SyncResult;
import io.heddle.api.SyncStatus;
import io.heddle.integration.bench.Deadline;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.List;
import java.util.Optional;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;

/** The services of the framework that a test runs in, as they are at the moment of asking. */
record Services(BundleContext context) {

    SyncManager manager() {
        return one(SyncManager.class);
    }

    <T> T one(Class<T> type) {
        Deadline.await("a service " + type.getName(), () -> context.getServiceReference(type) != null);
        return context.getService(context.getServiceReference(type));
    }

    /** Does what makes the manager go and come back, and waits for that. */
    void whileManagerIsReplaced(CheckedAction action) throws Exception {
        one(SyncManager.class);
        Object before = managerId().orElseThrow();
        action.run();
        Deadline.await(
                "another manager",
                () -> managerId().filter(id -> !id.equals(before)).isPresent());
    }

    SyncResult sync() {
        SyncResult result = manager().syncNow(SyncRequest.all().byUser());
        assertThat(result.status()).as(result + " " + result.findMessage()).isEqualTo(SyncStatus.OK);
        return result;
    }

    /** The engine of a name, refused or not. */
    Optional<EngineInfo> engine(String name) {
        return manager().status().engines().stream()
                .filter(engine -> engine.name().equals(name))
                .findFirst();
    }

    void awaitEngines(String... names) {
        Deadline.await(
                "the engines " + List.of(names),
                () -> List.of(names).stream().allMatch(name -> engine(name).isPresent()));
    }

    static Dictionary<String, Object> properties(String name, Object value) {
        Dictionary<String, Object> properties = new Hashtable<>();
        properties.put(name, value);
        return properties;
    }

    private Optional<Object> managerId() {
        ServiceReference<SyncManager> reference = context.getServiceReference(SyncManager.class);
        return Optional.ofNullable(reference).map(found -> found.getProperty(Constants.SERVICE_ID));
    }

    /** An action that may fail. */
    interface CheckedAction {
        void run() throws Exception;
    }
}
