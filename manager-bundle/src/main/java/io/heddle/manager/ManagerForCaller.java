// SPDX-License-Identifier: Apache-2.0
package io.heddle.manager;

import io.heddle.api.Device;
import io.heddle.api.ManagerStatus;
import io.heddle.api.SyncManager;
import io.heddle.api.SyncRequest;
import io.heddle.api.SyncResult;
import io.heddle.engine.Command;
import io.heddle.engine.SyncEngine;
import io.heddle.engine.SyncEngineService;
import io.heddle.engine.record.RecordEngine;
import io.heddle.manager.flow.SyncService;
import java.time.Duration;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceFactory;
import org.osgi.framework.ServiceRegistration;

/**
 * The manager as one bundle has it: what that bundle registers by hand is its own, and is granted or refused in its name.
 *
 * <p><b>Threading:</b> safe.
 */
final class ManagerForCaller implements SyncManager {

    private final SyncService service;
    private final Bundle caller;

    ManagerForCaller(SyncService service, Bundle caller) {
        this.service = service;
        this.caller = caller;
    }

    /** Makes one for each bundle that asks. */
    static final class Factory implements ServiceFactory<SyncManager> {

        private final SyncService service;

        Factory(SyncService service) {
            this.service = service;
        }

        @Override
        public SyncManager getService(Bundle bundle, ServiceRegistration<SyncManager> registration) {
            return new ManagerForCaller(service, bundle);
        }

        @Override
        public void ungetService(Bundle bundle, ServiceRegistration<SyncManager> registration, SyncManager manager) {
            // The engines that it registered stay until it withdraws them, or stops.
        }
    }

    @Override
    public SyncResult syncNow(SyncRequest request) {
        return service.syncNow(request);
    }

    @Override
    public boolean stop(Duration timeout) {
        return service.stop(timeout);
    }

    @Override
    public Optional<Set<String>> getDeclined() {
        return service.getDeclined();
    }

    @Override
    public void enableEngine(String name, boolean enabled) {
        service.enableEngine(name, enabled);
    }

    @Override
    public ManagerStatus status() {
        return service.status();
    }

    @Override
    public List<Device> devices() {
        return service.devices();
    }

    @Override
    public void send(Command command, Set<String> devices) {
        service.send(command, devices);
    }

    @Override
    public EngineRegistration registerEngine(String name, List<String> collections, Object engine) {
        BundleContext context = caller.getBundleContext();
        if (context == null) {
            throw new IllegalStateException("bundle " + caller.getSymbolicName() + " is not active");
        }
        Dictionary<String, Object> properties = new Hashtable<>();
        properties.put(SyncEngineService.NAME, name);
        properties.put(SyncEngineService.COLLECTIONS, collections.toArray(String[]::new));
        ServiceRegistration<?> registration;
        if (engine instanceof RecordEngine records) {
            registration = context.registerService(RecordEngine.class, records, properties);
        } else if (engine instanceof SyncEngine own) {
            registration = context.registerService(SyncEngine.class, own, properties);
        } else {
            throw new IllegalArgumentException("an engine is a RecordEngine or a SyncEngine");
        }
        return () -> {
            try {
                registration.unregister();
            } catch (IllegalStateException e) {
                // It was withdrawn before: closing twice is fine.
            }
        };
    }
}
