// SPDX-License-Identifier: Apache-2.0
package io.heddle.manager.storage.http;

import java.net.SocketAddress;
import org.apache.hc.client5.http.ssl.ClientTlsStrategyBuilder;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.nio.ssl.TlsStrategy;
import org.apache.hc.core5.net.NamedEndpoint;
import org.apache.hc.core5.reactor.ssl.TransportSecurityLayer;
import org.apache.hc.core5.util.Timeout;

/**
 * TLS with the platform's settings, which are read for the first connection that needs them: all certificates that the
 * platform trusts are a good part of a start, and a server on this machine needs none.
 *
 * <p><b>Threading:</b> safe; the first connection waits while they are read.
 */
final class TlsWhenNeeded implements TlsStrategy {

    private TlsStrategy platform;

    @Override
    public void upgrade(
            TransportSecurityLayer session,
            NamedEndpoint endpoint,
            Object attachment,
            Timeout handshakeTimeout,
            FutureCallback<TransportSecurityLayer> callback) {
        TlsStrategy settings;
        try {
            settings = platform();
        } catch (RuntimeException e) {
            // The settings are wrong: without this word the request would wait for its time-out.
            callback.failed(e);
            return;
        }
        settings.upgrade(session, endpoint, attachment, handshakeTimeout, callback);
    }

    @Override
    @Deprecated
    public boolean upgrade(
            TransportSecurityLayer session,
            HttpHost host,
            SocketAddress localAddress,
            SocketAddress remoteAddress,
            Object attachment,
            Timeout handshakeTimeout) {
        return platform().upgrade(session, host, localAddress, remoteAddress, attachment, handshakeTimeout);
    }

    private synchronized TlsStrategy platform() {
        if (platform == null) {
            platform = ClientTlsStrategyBuilder.create().useSystemProperties().buildAsync();
        }
        return platform;
    }
}
