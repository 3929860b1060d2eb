// SPDX-License-Identifier: Apache-2.0
package io.heddle.server.testing;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServlet;
import java.util.EnumSet;
import java.util.Map;
import org.eclipse.jetty.alpn.server.ALPNServerConnectionFactory;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.http2.server.HTTP2ServerConnectionFactory;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** A Jetty on the loopback address, configured as the launcher configures the one in the framework. */
final class EmbeddedJetty {
    private final Server server;
    private final ServerConnector connector;

    EmbeddedJetty(TestServerBuilder wishes, Filter filter, Map<String, HttpServlet> servlets) {
        QueuedThreadPool threads = new QueuedThreadPool(200);
        threads.setName("test-server");
        threads.setDaemon(true);
        server = new Server(threads);
        HttpConfiguration http = new HttpConfiguration();
        http.setSendServerVersion(false);
        // Ids of BSOs may hold slashes.
        http.setUriCompliance(UriCompliance.LEGACY);
        connector = new ServerConnector(server, 1, 1, factories(wishes, http));
        connector.setHost("127.0.0.1");
        connector.setPort(wishes.port());
        server.addConnector(connector);
        ServletContextHandler context = new ServletContextHandler();
        context.getServletHandler().setDecodeAmbiguousURIs(true);
        context.addFilter(new FilterHolder(filter), "/*", EnumSet.of(DispatcherType.REQUEST));
        servlets.forEach((path, servlet) -> context.addServlet(new ServletHolder(servlet), path));
        server.setHandler(context);
    }

    private static ConnectionFactory[] factories(TestServerBuilder wishes, HttpConfiguration http) {
        HttpConnectionFactory http1 = new HttpConnectionFactory(http);
        if (!wishes.isTls()) {
            return new ConnectionFactory[] {http1};
        }
        SecureRequestCustomizer customizer = new SecureRequestCustomizer();
        customizer.setSniHostCheck(false);
        http.addCustomizer(customizer);
        SslContextFactory.Server tls = new SslContextFactory.Server();
        tls.setKeyStore(TestTls.keyStore());
        tls.setKeyStorePassword(TestTls.PASSWORD);
        if (!wishes.isHttp2()) {
            return new ConnectionFactory[] {new SslConnectionFactory(tls, http1.getProtocol()), http1};
        }
        ALPNServerConnectionFactory alpn = new ALPNServerConnectionFactory();
        alpn.setDefaultProtocol(http1.getProtocol());
        HTTP2ServerConnectionFactory http2 = new HTTP2ServerConnectionFactory(http);
        return new ConnectionFactory[] {new SslConnectionFactory(tls, alpn.getProtocol()), alpn, http2, http1};
    }

    void start() {
        try {
            server.start();
        } catch (Exception e) {
            throw new IllegalStateException("the test server did not start", e);
        }
    }

    int port() {
        return connector.getLocalPort();
    }

    void stop() {
        try {
            server.stop();
        } catch (Exception e) {
            throw new IllegalStateException("the test server did not stop", e);
        }
    }
}
