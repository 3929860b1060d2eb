// SPDX-License-Identifier: Apache-2.0
package io.heddle.manager;

import io.heddle.api.CommandHandler;
import io.heddle.api.StateStore;
import io.heddle.api.SyncAdministration;
import io.heddle.api.SyncListener;
import io.heddle.api.SyncManager;
import io.heddle.api.account.AccountProvider;
import io.heddle.manager.engines.EngineRegistry;
import io.heddle.manager.engines.run.EngineStage;
import io.heddle.manager.failure.SyncException;
import io.heddle.manager.flow.FlowSettings;
import io.heddle.manager.flow.SyncService;
import io.heddle.manager.shell.EngineNames;
import io.heddle.manager.state.FileStateStore;
import io.heddle.manager.storage.http.HttpTransport;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.util.tracker.ServiceTracker;

/**
 * Puts the sync manager together, and offers it as services for as long as there is an account provider: a
 * {@link SyncManager} for each bundle that asks, which knows its caller, and one {@link SyncAdministration}. They are two
 * objects, so that who finds the first has not found the second.
 */
@Component(
        service = {},
        configurationPid = "io.heddle.manager",
        immediate = true)
@Designate(ocd = ManagerConfiguration.class)
public final class HeddleManager {

    private final BundleContext context;
    private final ServiceTracker<SyncListener, SyncListener> listeners;
    private final ServiceTracker<CommandHandler, CommandHandler> handlers;
    private final EngineRegistry registry;
    private final EngineServices engines;
    private final SyncService service;
    private final List<ServiceRegistration<?>> registrations = new ArrayList<>();

    /**
     * Opens the manager.
     *
     * @param context of the manager's bundle
     * @param configuration the settings
     * @param provider supplies the account
     * @param fence is up before there is anything to hide
     * @param store replaces the state file, when there is one
     * @throws SyncException when the state can't be read
     */
    @Activate
    public HeddleManager(
            BundleContext context,
            ManagerConfiguration configuration,
            @Reference AccountProvider provider,
            @Reference ServiceFence.Ready fence,
            @Reference(cardinality = ReferenceCardinality.OPTIONAL, policyOption = ReferencePolicyOption.GREEDY)
                    StateStore store)
            throws SyncException {
        this.context = context;
        FlowSettings settings = new FlowSettings(
                deviceName(configuration),
                configuration.device_type().isBlank() ? "desktop" : configuration.device_type(),
                context.getBundle().getVersion().toString(),
                configuration.keys_perCollection(),
                limits(configuration),
                configuration.device_fxaId().trim());
        listeners = new ServiceTracker<>(context, SyncListener.class, null);
        handlers = new ServiceTracker<>(context, CommandHandler.class, null);
        registry = new EngineRegistry(settings.engines().stopTimeout());
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
                new Listeners(() -> listeners.getTracked().values()),
                // A tracker's map begins with the highest ranking.
                new Handlers(() -> handlers.getTracked().values()),
                Clock.systemUTC());
    }

    /**
     * Takes in who is here. Not by dynamic references of the component: while a component is activated, Felix SCR 2.2 may
     * call unbind before bind for a service that goes at that moment, which then stays for ever.
     */
    @Activate
    void open() {
        listeners.open();
        handlers.open();
        engines.open();
        registrations.add(
                context.registerService(SyncAdministration.class, new Administration(service, registry), null));
        registrations.add(context.registerService(EngineNames.class, service::knownEngines, null));
        registrations.add(context.registerService(SyncManager.class, new ManagerForCaller.Factory(service), null));
    }

    @Deactivate
    void close() {
        try {
            registrations.forEach(ServiceRegistration::unregister);
        } finally {
            service.close();
            engines.close();
            handlers.close();
            listeners.close();
        }
    }

    private static EngineStage.Limits limits(ManagerConfiguration configuration) {
        return new EngineStage.Limits(
                Math.max(1, Math.min(8, configuration.engines_parallel())),
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
