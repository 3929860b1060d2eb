// SPDX-License-Identifier: Apache-2.0
package io.heddle.manager;

import io.heddle.api.EngineInfo;
import io.heddle.engine.SyncEngineService;
import io.heddle.manager.engines.EngineOffer;
import io.heddle.manager.engines.EngineRegistry;
import io.heddle.manager.reconcile.EngineSpec;
import io.heddle.manager.storage.StorageRoute;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns engine services into offers for the registry; what their properties get wrong is refused with a warning. */
final class EngineServices {

    private static final Logger LOG = LoggerFactory.getLogger(EngineServices.class);
    private static final Set<String> OF_THE_MANAGER = Set.of("meta", "crypto", "clients");

    private final BundleContext context;
    private final EngineRegistry registry;

    EngineServices(BundleContext context, EngineRegistry registry) {
        this.context = context;
        this.registry = registry;
    }

    void bind(ServiceReference<?> reference) {
        String bundle = bundleOf(reference);
        List<String> collections = strings(reference.getProperty(SyncEngineService.COLLECTIONS));
        String name = reference.getProperty(SyncEngineService.NAME) instanceof String text ? text : "";
        try {
            EngineSpec spec = specOf(reference, collections);
            registry.add(new EngineOffer(serviceId(reference), spec, bundle, ranking(reference), source(reference)));
            LOG.info("engine {} of bundle {} is here", name, bundle);
        } catch (IllegalArgumentException e) {
            LOG.warn("an engine of bundle {} is refused: {}", bundle, e.getMessage());
            registry.refuse(
                    serviceId(reference), new EngineInfo(name, collections, 0, "", bundle).refused(e.getMessage()));
        }
    }

    void unbind(ServiceReference<?> reference) {
        registry.remove(serviceId(reference));
    }

    private static EngineSpec specOf(ServiceReference<?> reference, List<String> collections) {
        Object name = reference.getProperty(SyncEngineService.NAME);
        if (!(name instanceof String text) || !StorageRoute.isCollectionName(text)) {
            throw new IllegalArgumentException(SyncEngineService.NAME
                    + " must be 1 to 32 letters, digits, dots, underscores or dashes, found " + name);
        }
        if (collections.isEmpty()) {
            throw new IllegalArgumentException(SyncEngineService.COLLECTIONS + " must name at least one collection");
        }
        for (String collection : collections) {
            if (!StorageRoute.isCollectionName(collection)) {
                throw new IllegalArgumentException(
                        SyncEngineService.COLLECTIONS + ": no collection can have the name " + collection);
            }
            if (OF_THE_MANAGER.contains(collection)) {
                throw new IllegalArgumentException(
                        SyncEngineService.COLLECTIONS + ": " + collection + " belongs to the manager");
            }
        }
        if (new HashSet<>(collections).size() < collections.size()) {
            throw new IllegalArgumentException(SyncEngineService.COLLECTIONS + " names a collection twice");
        }
        return new EngineSpec(text, collections, version(reference), group(reference));
    }

    private static int version(ServiceReference<?> reference) {
        Object version = reference.getProperty(SyncEngineService.VERSION);
        if (version == null) {
            return 1;
        }
        if (!(version instanceof Integer number) || number < 1) {
            throw new IllegalArgumentException(
                    SyncEngineService.VERSION + " must be an Integer from 1, found " + version);
        }
        return number;
    }

    private static String group(ServiceReference<?> reference) {
        Object group = reference.getProperty(SyncEngineService.GROUP);
        if (group == null || group.equals("")) {
            return "";
        }
        if (!(group instanceof String text) || !StorageRoute.isCollectionName(text)) {
            throw new IllegalArgumentException(SyncEngineService.GROUP + " must be a name, found " + group);
        }
        return text;
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

    /** Service properties hold one value, an array or a collection alike. */
    private static List<String> strings(Object property) {
        List<String> strings = new ArrayList<>();
        Collection<?> values;
        if (property == null) {
            values = List.of();
        } else if (property instanceof Object[] array) {
            values = Arrays.asList(array);
        } else {
            values = property instanceof Collection<?> many ? many : List.of(property);
        }
        values.forEach(value -> strings.add(String.valueOf(value)));
        return strings;
    }

    private static long serviceId(ServiceReference<?> reference) {
        return (Long) reference.getProperty(Constants.SERVICE_ID);
    }

    private static int ranking(ServiceReference<?> reference) {
        return reference.getProperty(Constants.SERVICE_RANKING) instanceof Integer ranking ? ranking : 0;
    }

    private static String bundleOf(ServiceReference<?> reference) {
        return reference.getBundle() == null
                ? ""
                : String.valueOf(reference.getBundle().getSymbolicName());
    }
}
