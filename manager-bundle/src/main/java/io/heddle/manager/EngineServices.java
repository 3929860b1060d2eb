// SPDX-License-Identifier: Apache-2.0
package io.heddle.manager;

import io.heddle.api.EngineInfo;
import io.heddle.engine.SyncEngine;
import io.heddle.engine.record.RecordEngine;
import io.heddle.manager.engines.EngineOffer;
import io.heddle.manager.engines.EngineRegistry;
import io.heddle.manager.reconcile.EngineSpec;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.Filter;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.util.tracker.ServiceTracker;
import org.osgi.util.tracker.ServiceTrackerCustomizer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns engine services into offers for the registry; what their properties get wrong is refused with a warning.
 *
 * <p><b>Threading:</b> safe: engines are registered on any thread.
 */
final class EngineServices implements ServiceTrackerCustomizer<Object, ServiceReference<Object>> {

    private static final List<String> TYPES = List.of(RecordEngine.class.getName(), SyncEngine.class.getName());

    private static final Logger LOG = LoggerFactory.getLogger(EngineServices.class);

    private final BundleContext context;
    private final EngineRegistry registry;
    private final ServiceTracker<Object, ServiceReference<Object>> tracker;
    private final Set<Long> bundlesWithTooMany = ConcurrentHashMap.newKeySet();
    private volatile boolean open;

    EngineServices(BundleContext context, EngineRegistry registry) {
        this.context = context;
        this.registry = registry;
        this.tracker = new ServiceTracker<>(context, engines(), this);
    }

    private static Filter engines() {
        String types = TYPES.stream()
                .map(type -> "(" + Constants.OBJECTCLASS + "=" + type + ")")
                .collect(Collectors.joining());
        try {
            return FrameworkUtil.createFilter("(|" + types + ")");
        } catch (InvalidSyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * Takes in the engines that are here, all of them before any is chosen: the ranking decides between them, and not the
     * order in which they were found. From now on who comes is chosen or refused at once.
     */
    void open() {
        tracker.open();
        open = true;
        registry.active();
    }

    /** Lets all engines go. */
    void close() {
        tracker.close();
    }

    @Override
    public ServiceReference<Object> addingService(ServiceReference<Object> reference) {
        bind(reference);
        return reference;
    }

    /** Its properties have changed: that is another engine. */
    @Override
    public void modifiedService(ServiceReference<Object> reference, ServiceReference<Object> bound) {
        removedService(reference, bound);
        bind(reference);
    }

    @Override
    public void removedService(ServiceReference<Object> reference, ServiceReference<Object> bound) {
        registry.remove(serviceId(reference));
    }

    private void bind(ServiceReference<?> reference) {
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
            if (open) {
                registry.active();
            }
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
