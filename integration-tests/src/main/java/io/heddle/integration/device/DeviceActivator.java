// SPDX-License-Identifier: Apache-2.0
package io.heddle.integration.device;

import io.heddle.api.account.AccountProvider;
import io.heddle.integration.bench.Device;
import java.io.IOException;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;

/** Starts the device bundle: configuration where there is a ConfigurationAdmin, then the account and the device. */
public final class DeviceActivator implements BundleActivator {

    /** Made by the framework. */
    public DeviceActivator() {}

    @Override
    public void start(BundleContext context) throws IOException {
        if (context.getServiceReference("org.osgi.service.cm.ConfigurationAdmin") != null) {
            DeviceSettings.write(context);
        }
        context.registerService(AccountProvider.class, new PropertyAccount(context), null);
        context.registerService(Device.class, new InnerDevice(context), null);
    }

    @Override
    public void stop(BundleContext context) {
        // The framework withdraws the services.
    }

    /** A property that the framework was started with. */
    static String property(BundleContext context, String name) {
        String value = context.getProperty(io.heddle.integration.bench.TestBench.PREFIX + name);
        if (value == null) {
            throw new IllegalStateException("framework " + context.getProperty(Constants.FRAMEWORK_UUID)
                    + " was started without the property " + name);
        }
        return value;
    }
}
