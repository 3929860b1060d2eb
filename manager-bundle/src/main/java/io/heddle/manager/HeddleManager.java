// SPDX-License-Identifier: Apache-2.0
package io.heddle.manager;

import io.heddle.api.Device;
import io.heddle.api.ManagerStatus;
import io.heddle.api.StateStore;
import io.heddle.api.SyncAdministration;
import io.heddle.api.SyncListener;
import io.heddle.api.SyncManager;
import io.heddle.api.SyncRequest;
import io.heddle.api.SyncResult;
import io.heddle.api.account.AccountProvider;
import io.heddle.engine.SyncEngine;
import io.heddle.engine.SyncEngineService;
import io.heddle.engine.record.RecordEngine;
import io.heddle.manager.engines.EngineRegistry;
import io.heddle.manager.engines.EngineStage;
import io.heddle.manager.failure.SyncException;
import io.heddle.manager.flow.FlowSettings;
import io.heddle.manager.flow.SyncService;
import io.heddle.manager.state.FileStateStore;
import io.heddle.manager.storage.http.HttpTransport;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.metatype.annotations.Designate;

/** The sync manager as an OSGi service, there as long as an account provider is. */
@Component(
        service = {SyncManager.class, SyncAdministration.class, EngineNames.class},
        configurationPid = "io.heddle.manager",
        immediate = true)
@Designate(ocd = ManagerConfiguration.class)
public final class HeddleManager implements SyncManager, SyncAdministration, EngineNames {

    private final BundleContext context;
    private final Listeners listeners = new Listeners();
    private final EngineServices engines;
    private final SyncService service;

    /**
     * Opens the manager.
     *
     * @param context of the manager's bundle
     * @param configuration the settings
     * @param provider supplies the account
     * @param store replaces the state file, when there is one
     * @throws SyncException when the state can't be read
     */
    @Activate
    public HeddleManager(
            BundleContext context,
            ManagerConfiguration configuration,
            @Reference AccountProvider provider,
            @Reference(cardinality = ReferenceCardinality.OPTIONAL, policyOption = ReferencePolicyOption.GREEDY)
                    StateStore store)
            throws SyncException {
        this.context = context;
        FlowSettings settings = new FlowSettings(
                deviceName(configuration),
                configuration.device_type().isBlank() ? "desktop" : configuration.device_type(),
                context.getBundle().getVersion().toString(),
                configuration.keys_perCollection(),
                limits(configuration));
        EngineRegistry registry = new EngineRegistry(settings.engines().stopTimeout());
        engines = new EngineServices(context, registry);
        HttpTransport transport = new HttpTransport(
                "Heddle/" + context.getBundle().getVersion(),
                Duration.ofSeconds(Math.max(1, configuration.connect_timeoutSeconds())),
                Duration.ofSeconds(Math.max(1, configuration.answer_timeoutSeconds())));
        service = new SyncService(
                settings,
                provider,
                store != null ? store : new FileStateStore(stateFile(configuration)),
                registry,
                transport,
                listeners,
                Clock.systemUTC());
    }

    @Deactivate
    void deactivate() {
        service.close();
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void bindRecordEngine(ServiceReference<RecordEngine> engine) {
        engines.bind(engine);
    }

    void unbindRecordEngine(ServiceReference<RecordEngine> engine) {
        engines.unbind(engine);
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void bindSyncEngine(ServiceReference<SyncEngine> engine) {
        engines.bind(engine);
    }

    void unbindSyncEngine(ServiceReference<SyncEngine> engine) {
        engines.unbind(engine);
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void bindListener(SyncListener listener) {
        listeners.add(listener);
    }

    void unbindListener(SyncListener listener) {
        listeners.remove(listener);
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
    public Set<String> knownEngines() {
        return service.knownEngines();
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
    public SyncResult disconnect() {
        return service.disconnect();
    }

    @Override
    public void reset(Set<String> engines) {
        service.reset(engines);
    }

    @Override
    public void resetAll() {
        service.resetAll();
    }

    @Override
    public EngineRegistration registerEngine(String name, List<String> collections, Object engine) {
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

    private static EngineStage.Limits limits(ManagerConfiguration configuration) {
        return new EngineStage.Limits(
                Math.max(1, configuration.engines_parallel()),
                Duration.ofSeconds(Math.max(1, configuration.engines_timeoutSeconds())),
                Duration.ofSeconds(Math.max(0, configuration.stop_timeoutSeconds())),
                Math.max(1, configuration.engines_abandonedLimit()));
    }

    private Path stateFile(ManagerConfiguration configuration) {
        return configuration.state_file().isBlank()
                ? context.getDataFile("state.json").toPath()
                : Path.of(configuration.state_file());
    }

    private static String deviceName(ManagerConfiguration configuration) {
        if (!configuration.device_name().isBlank()) {
            return configuration.device_name();
        }
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "Heddle";
        }
    }
}
