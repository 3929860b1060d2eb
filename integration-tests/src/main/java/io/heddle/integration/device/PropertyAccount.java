// SPDX-License-Identifier: Apache-2.0
package io.heddle.integration.device;

import io.heddle.api.account.AccountProvider;
import io.heddle.api.account.Credentials;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import org.osgi.framework.BundleContext;

/** The account that the framework's properties tell of. */
final class PropertyAccount implements AccountProvider {

    private final BundleContext context;

    PropertyAccount(BundleContext context) {
        this.context = context;
    }

    @Override
    public Optional<Credentials> findCredentials() {
        return Optional.of(Credentials.of(
                URI.create(DeviceActivator.property(context, "tokenServer")),
                DeviceActivator.property(context, "accessToken").getBytes(StandardCharsets.US_ASCII),
                DeviceActivator.property(context, "keyId"),
                Base64.getUrlDecoder().decode(DeviceActivator.property(context, "syncKey"))));
    }
}
