// SPDX-License-Identifier: Apache-2.0
package io.heddle.karaf;

import io.heddle.api.account.AccountProvider;
import io.heddle.api.account.Credentials;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;

/** The bundle that an application adds: it supplies the account, here from system properties. */
public final class AccountActivator implements BundleActivator {

    /** The prefix of the properties' names. */
    static final String PREFIX = "heddle.account.";

    /** Made by the framework. */
    public AccountActivator() {}

    @Override
    public void start(BundleContext context) {
        AccountProvider provider = () -> Optional.of(Credentials.of(
                URI.create(context.getProperty(PREFIX + "tokenServer")),
                context.getProperty(PREFIX + "accessToken").getBytes(StandardCharsets.US_ASCII),
                context.getProperty(PREFIX + "keyId"),
                Base64.getUrlDecoder().decode(context.getProperty(PREFIX + "syncKey"))));
        context.registerService(AccountProvider.class, provider, null);
    }

    @Override
    public void stop(BundleContext context) {
        // The framework withdraws the service.
    }
}
