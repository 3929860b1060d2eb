// SPDX-License-Identifier: Apache-2.0
package io.heddle.benchmarks.endtoend.server;

import java.io.IOException;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/** Makes this process trust the certificate that a server on this machine made for itself. */
final class ServerTrust {

    /** Looks at a certificate, which is then the only one that is trusted. */
    private static final class Looker implements X509TrustManager {
        private X509Certificate seen;

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType) {
            throw new UnsupportedOperationException("this is a client");
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType) {
            seen = chain[0];
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }

    private ServerTrust() {}

    static void trust(URI server) throws IOException {
        try {
            Looker looker = new Looker();
            SSLContext looking = SSLContext.getInstance("TLS");
            looking.init(null, new TrustManager[] {looker}, null);
            try (SSLSocket socket =
                    (SSLSocket) looking.getSocketFactory().createSocket(server.getHost(), server.getPort())) {
                socket.startHandshake();
            }
            KeyStore trusted = KeyStore.getInstance("PKCS12");
            trusted.load(null, null);
            trusted.setCertificateEntry("server", looker.seen);
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(trusted);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, factory.getTrustManagers(), null);
            SSLContext.setDefault(context);
        } catch (GeneralSecurityException e) {
            throw new IOException("could not trust the server", e);
        }
    }
}
