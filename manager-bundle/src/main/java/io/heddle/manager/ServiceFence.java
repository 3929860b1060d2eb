// SPDX-License-Identifier: Apache-2.0
package io.heddle.manager;

import io.heddle.api.CommandHandler;
import io.heddle.api.StateStore;
import io.heddle.api.SyncAdministration;
import io.heddle.api.account.AccountProvider;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceEvent;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.ServiceRegistration;
import org.osgi.framework.hooks.service.EventListenerHook;
import org.osgi.framework.hooks.service.FindHook;
import org.osgi.framework.hooks.service.ListenerHook;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.metatype.annotations.Designate;

/**
 * Hides services from bundles that have nothing to do with them: account providers and state stores, which an engine could
 * ask for the account's keys or for what is remembered, command handlers, which it could have carry out
 * anything, and the administration, where it could grant itself anything.
 * They are seen by the manager, by the system bundle, by the bundle that offers them and by those that the operator names;
 * the administration also by the bundle of the account that is in use: that is the application.
 *
 * <p>A service of several names is hidden under all of them. The manager waits for the fence, so that nothing is seen before
 * it is up.
 *
 * <p>A fence, not a wall: code that takes the trouble can get at another bundle's context, and ask in its name.
 *
 * <p><b>Threading:</b> safe; the framework asks on any thread.
 */
@Component(service = ServiceFence.class, configurationPid = "io.heddle.manager.fence", immediate = true)
@Designate(ocd = FenceConfiguration.class)
public final class ServiceFence {

    private static final Set<String> HIDDEN = Set.of(
            AccountProvider.class.getName(),
            StateStore.class.getName(),
            SyncAdministration.class.getName(),
            CommandHandler.class.getName());

    /** Tells the manager that the fence is up, or is not wanted; whoever else gets hold of it can do nothing with it. */
    enum Ready {
        READY
    }

    private final Bundle manager;
    private final Set<String> trusted;
    private final List<ServiceRegistration<?>> registrations = new ArrayList<>();

    /**
     * Puts the fence up.
     *
     * @param context of the manager's bundle
     * @param configuration whether, and for whom not
     */
    @Activate
    public ServiceFence(BundleContext context, FenceConfiguration configuration) {
        manager = context.getBundle();
        trusted = Set.copyOf(Arrays.asList(configuration.trusted_bundles()));
        if (configuration.enabled()) {
            registrations.add(context.registerService(FindHook.class, this::find, null));
            registrations.add(context.registerService(EventListenerHook.class, this::event, null));
        }
        registrations.add(context.registerService(Ready.class, Ready.READY, null));
    }

    @Deactivate
    void takeDown() {
        // The manager goes first.
        Collections.reverse(registrations);
        registrations.forEach(ServiceRegistration::unregister);
    }

    private void find(
            BundleContext context,
            String name,
            String filter,
            boolean all,
            Collection<ServiceReference<?>> references) {
        // Whatever was asked for: a service may have several names.
        references.removeIf(reference -> isHidden(reference) && !mayBeSeenBy(context, reference));
    }

    private void event(ServiceEvent event, Map<BundleContext, Collection<ListenerHook.ListenerInfo>> listeners) {
        ServiceReference<?> reference = event.getServiceReference();
        if (isHidden(reference)) {
            listeners.keySet().removeIf(context -> !mayBeSeenBy(context, reference));
        }
    }

    private static boolean isHidden(ServiceReference<?> reference) {
        return reference.getProperty(Constants.OBJECTCLASS) instanceof String[] types
                && Stream.of(types).anyMatch(HIDDEN::contains);
    }

    private boolean mayBeSeenBy(BundleContext context, ServiceReference<?> reference) {
        Bundle asking;
        try {
            asking = context.getBundle();
        } catch (IllegalStateException e) {
            // It has stopped meanwhile.
            return false;
        }
        return asking.getBundleId() == Constants.SYSTEM_BUNDLE_ID
                || asking.equals(manager)
                || asking.equals(reference.getBundle())
                || (asking.getSymbolicName() != null && trusted.contains(asking.getSymbolicName()))
                || (isAdministration(reference) && offersTheAccount(asking));
    }

    private boolean isAdministration(ServiceReference<?> reference) {
        return manager.equals(reference.getBundle());
    }

    /** Whoever merely offers an account is not the application yet: the manager must have taken it. */
    private boolean offersTheAccount(Bundle bundle) {
        ServiceReference<?>[] offered = bundle.getRegisteredServices();
        return offered != null
                && Stream.of(offered)
                        .filter(reference -> reference.getProperty(Constants.OBJECTCLASS) instanceof String[] types
                                && List.of(types).contains(AccountProvider.class.getName()))
                        .map(ServiceReference::getUsingBundles)
                        .anyMatch(users -> users != null && List.of(users).contains(manager));
    }
}
