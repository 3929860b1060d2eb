// SPDX-License-Identifier: Apache-2.0
package io.heddle.server;

import jakarta.servlet.Servlet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.ServiceRegistration;
import org.osgi.util.tracker.ServiceTracker;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The server's presence in the framework: its servlets in the HTTP whiteboard, and {@link LocalServer} while both are in
 * service at a known address.
 *
 * <p><b>Threading:</b> any thread. No lock is held while services are registered.
 */
final class Publication implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Publication.class);
    // By name: the package belongs to the HTTP service, which may come later than this bundle.
    private static final String RUNTIME = "org.osgi.service.servlet.runtime.HttpServiceRuntime";

    private final BundleContext context;
    private final ServerSettings settings;
    private final List<ServiceRegistration<?>> servlets = new ArrayList<>();
    private final ServiceTracker<Object, String> endpoint;
    private Optional<ServiceRegistration<LocalServer>> announced = Optional.empty();
    private int inService;
    private boolean announcing;
    private boolean closed;

    Publication(BundleContext context, ServerSettings settings) {
        this.context = context;
        this.settings = settings;
        this.endpoint = new ServiceTracker<>(context, RUNTIME, null) {
            @Override
            public String addingService(ServiceReference<Object> reference) {
                announce();
                return address(reference);
            }

            @Override
            public void modifiedService(ServiceReference<Object> reference, String address) {
                announce();
            }
        };
    }

    void open(SyncServer server) {
        Map<String, Servlet> byPath = Map.of("/1.0/*", server.tokenServlet(), "/1.5/*", server.storageServlet());
        endpoint.open();
        byPath.forEach((path, servlet) -> {
            Dictionary<String, Object> properties = new Hashtable<>();
            properties.put("osgi.http.whiteboard.servlet.pattern", path);
            properties.put("osgi.http.whiteboard.servlet.name", "heddle " + path);
            servlets.add(
                    context.registerService(Servlet.class, new AnnouncedServlet(servlet, this::count), properties));
        });
    }

    private void count(int change) {
        Optional<ServiceRegistration<LocalServer>> gone = Optional.empty();
        synchronized (this) {
            inService += change;
            if (change < 0) {
                gone = withdrawn();
            }
        }
        gone.ifPresent(ServiceRegistration::unregister);
        announce();
    }

    private void announce() {
        ServiceReference<?> runtime = context.getServiceReference(RUNTIME);
        String address = runtime == null ? "" : address(runtime);
        synchronized (this) {
            if (closed || inService < 2 || announcing || address.isEmpty()) {
                return;
            }
            announcing = true;
        }
        ServiceRegistration<LocalServer> registration = context.registerService(
                LocalServer.class, () -> address, new Hashtable<>(Map.of(LocalServer.TOKEN_SERVER_URI, address)));
        boolean tooLate;
        synchronized (this) {
            tooLate = closed || inService < 2;
            announcing = !tooLate;
            announced = tooLate ? Optional.empty() : Optional.of(registration);
        }
        if (tooLate) {
            registration.unregister();
        } else {
            LOG.info("Local server is up at {}", address);
        }
    }

    private Optional<ServiceRegistration<LocalServer>> withdrawn() {
        Optional<ServiceRegistration<LocalServer>> last = announced;
        announced = Optional.empty();
        announcing = announcing && last.isEmpty();
        return last;
    }

    private String address(ServiceReference<?> runtime) {
        if (settings.publicUrl().isPresent()) {
            return settings.publicUrl().get().toString();
        }
        Object endpoints = runtime.getProperty("osgi.http.endpoint");
        String[] urls = endpoints instanceof String[] several ? several : new String[0];
        return Arrays.stream(urls)
                .filter(url -> url.startsWith("http"))
                .findFirst()
                .map(url -> url.endsWith("/") ? url.substring(0, url.length() - 1) : url)
                .orElse("");
    }

    /** Takes everything back; no new request comes after it, one that is still under way may fail with 503. */
    @Override
    public void close() {
        Optional<ServiceRegistration<LocalServer>> last;
        synchronized (this) {
            closed = true;
            last = withdrawn();
        }
        last.ifPresent(ServiceRegistration::unregister);
        servlets.forEach(ServiceRegistration::unregister);
        endpoint.close();
    }
}
