// SPDX-License-Identifier: Apache-2.0
package io.heddle.integration.device;

import java.io.IOException;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.Map;
import org.osgi.framework.BundleContext;
import org.osgi.service.cm.ConfigurationAdmin;

/** The configuration of a device. Only this class needs ConfigurationAdmin's package. */
final class DeviceSettings {

    private DeviceSettings() {}

    static void write(BundleContext context) throws IOException {
        ConfigurationAdmin admin = context.getService(context.getServiceReference(ConfigurationAdmin.class));
        String folder = DeviceActivator.property(context, "folder");
        write(
                admin,
                "io.heddle.manager",
                Map.of(
                        "device.name",
                        DeviceActivator.property(context, "device"),
                        "state.file",
                        folder + "/manager.json"));
        write(admin, "io.heddle.engine.example.forms", Map.of("state.file", folder + "/forms.json"));
        write(
                admin,
                "io.heddle.engine.example.notes",
                Map.of(
                        "folder", folder + "/notes",
                        "state.file", folder + "/notes.json"));
    }

    private static void write(ConfigurationAdmin admin, String pid, Map<String, String> settings) throws IOException {
        Dictionary<String, Object> properties = new Hashtable<>(settings);
        admin.getConfiguration(pid, "?").update(properties);
    }
}
