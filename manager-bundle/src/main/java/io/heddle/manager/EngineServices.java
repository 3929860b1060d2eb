// SPDX-License-Identifier: Apache-2.0
package io.heddle.manager;

import io.heddle.api.EngineInfo;
import io.heddle.engine.SyncEngine;
import io.heddle.engine.record.RecordEngine;
import io.heddle.manager.engines.EngineOffer;
import io.heddle.manager.engines.EngineRegistry;
import io.heddle.manager.reconcile.EngineSpec;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceEvent;
import org.osgi.framework.ServiceListener;
import org.osgi.framework.ServiceReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns engine services into offers for the registry; what their properties get wrong is refused with a warning.
 *
 * <p>Listens by itself: a tracker lets who unregisters a service go on while another thread still takes that service in, and
 * here nobody may go on before the engine's run is over.
 *
 * <p><b>Threading:</b> safe: engines are registered on any thread.
 */
final class EngineServices implements ServiceListener {

    private static final String ENGINES =
            "(|(objectClass=%s)(objectClass=%s))".formatted(RecordEngine.class.getName(), SyncEngine.class.getName());

    private static final Logger LOG = LoggerFactory.getLogger(EngineServices.class);

    private final BundleContext context;
    private final EngineRegistry registry;
    /** Guards who is taken in: what has gone never comes again. Weak, for nothing tells when nobody can mention it any more. */
    private final Set<ServiceReference<?>> gone = Collections.newSetFromMap(new WeakHashMap<>());

    private final Set<Long> bundlesWithTooMany = ConcurrentHashMap.newKeySet();
    private volatile boolean open;

    EngineServices(BundleContext context, EngineRegistry registry) {
        this.context = context;
        this.registry = registry;
    }

    /**
     * Takes in the engines that are here, all of them before any is chosen: the ranking decides between them, and not the
     * order in which they were found. From now on who comes is chosen or refused at once.
     */
    void open() {
        try {
            context.addServiceListener(this, ENGINES);
            ServiceReference<?>[] here = context.getServiceReferences((String) null, ENGINES);
            if (here != null) {
                List.of(here).forEach(this::bind);
            }
        } catch (InvalidSyntaxException e) {
            throw new IllegalStateException(e);
        }
        open = true;
        registry.active();
    }

    /** From now on nobody comes or goes. */
    void close() {
        context.removeServiceListener(this);
    }

    @Override
    public void serviceChanged(ServiceEvent event) {
        ServiceReference<?> reference = event.getServiceReference();
        switch (event.getType()) {
            case ServiceEvent.REGISTERED -> arrived(reference);
            case ServiceEvent.MODIFIED -> {
                // Its properties have changed: that is another engine.
                registry.remove(serviceId(reference));
                arrived(reference);
            }
            default -> {
                synchronized (gone) {
                    gone.add(reference);
                }
                registry.remove(serviceId(reference));
            }
        }
    }

    private void arrived(ServiceReference<?> reference) {
        bind(reference);
        if (open) {
            registry.active();
        }
    }

    private void bind(ServiceReference<?> reference) {
        synchronized (gone) {
            if (!gone.contains(reference)) {
                offer(reference);
            }
        }
    }

    private void offer(ServiceReference<?> reference) {
        Bundle owner = reference.getBundle();
        if (owner == null) {
            // It has gone already.
            return;
        }
        String bundle = owner.getSymbolicName() == null ? "" : owner.getSymbolicName();
        if (!registry.hasRoomFor(bundle)) {
            if (bundlesWithTooMany.add(owner.getBundleId())) {
                LOG.warn(
                        "bundle {} ({}) registers too many engines: no more are looked at",
                        bundle,
                        owner.getBundleId());
            }
            return;
        }
        try {
            if (bundle.isEmpty()) {
                throw new IllegalArgumentException("its bundle has no " + Constants.BUNDLE_SYMBOLICNAME);
            }
            EngineSpec spec = EngineProperties.specOf(reference::getProperty);
            registry.add(new EngineOffer(serviceId(reference), spec, bundle, ranking(reference), source(reference)));
            LOG.info("engine {} of bundle {} ({}) is here", spec.name(), bundle, owner.getBundleId());
        } catch (IllegalArgumentException e) {
            LOG.warn("an engine of bundle {} ({}) is refused: {}", bundle, owner.getBundleId(), e.getMessage());
            String name = EngineProperties.nameOf(reference::getProperty);
            registry.refuse(
                    serviceId(reference), new EngineInfo(name, List.of(), 0, "", bundle).refused(e.getMessage()));
        }
    }

    private EngineOffer.Source source(ServiceReference<?> reference) {
        return new EngineOffer.Source() {
            @Override
            public Object acquire() {
                return context.getService(reference);
            }

            @Override
            public void release() {
                context.ungetService(reference);
            }
        };
    }

    private static long serviceId(ServiceReference<?> reference) {
        return (Long) reference.getProperty(Constants.SERVICE_ID);
    }

    private static int ranking(ServiceReference<?> reference) {
        return reference.getProperty(Constants.SERVICE_RANKING) instanceof Integer ranking ? ranking : 0;
    }
}
