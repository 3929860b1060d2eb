// SPDX-License-Identifier: Apache-2.0
package io.heddle.manager;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The settings of the sync manager (PID {@code io.heddle.manager}). A change takes effect at once: a running sync stops. */
@ObjectClassDefinition(
        name = "Heddle sync manager",
        description = "The sync manager of this device. A change takes effect at once: a running sync stops.")
@interface ManagerConfiguration {

    @AttributeDefinition(
            name = "Device name",
            description = "What people call this device. Empty: the name of the host.",
            required = false)
    String device_name() default "";

    @AttributeDefinition(
            name = "Device type",
            description = "What this device is to the others: desktop, mobile, tablet, tv or another word.",
            required = false)
    String device_type() default "desktop";

    @AttributeDefinition(
            name = "Device id of the Firefox account",
            description =
                    "The id of this device in the account's own list of devices, as an application gets it that"
                            + " registers there. Firefox shows a device as one then, and not twice. Empty: it is not registered.",
            required = false)
    String device_fxaId() default "";

    @AttributeDefinition(
            name = "State file",
            description = "Path of the file that keeps what the manager remembers; it holds no secret. Empty: in the"
                    + " bundle's data area, which goes when the bundle is uninstalled.",
            required = false)
    String state_file() default "";

    @AttributeDefinition(
            name = "Keys per collection",
            description = "Whether collections of accounts that are made here get keys of their own.")
    boolean keys_perCollection() default true;

    @AttributeDefinition(
            name = "Parallel engines",
            description = "How many engines run at once at most: 1 to 8, for a server takes only so many connections.",
            min = "1",
            max = "8")
    int engines_parallel() default 4;

    @AttributeDefinition(
            name = "Engine time-out",
            description =
                    "Seconds that one call into an engine's code may take, and that an engine with a storage token"
                            + " may go without a request. Then it is cancelled, and it alone fails.",
            min = "1")
    int engines_timeoutSeconds() default 300;

    @AttributeDefinition(
            name = "Abandoned engines",
            description = "With how many runs that were given up and do not end, or that did not answer in this sync,"
                    + " no engine of their bundle begins another.",
            min = "1")
    int engines_abandonedLimit() default 4;

    @AttributeDefinition(
            name = "Stop time-out",
            description = "Seconds that a cancelled engine is waited for.",
            min = "0")
    int stop_timeoutSeconds() default 10;

    @AttributeDefinition(
            name = "Connect time-out",
            description = "Seconds that a connection to a server is waited for.",
            min = "1")
    int connect_timeoutSeconds() default 10;

    @AttributeDefinition(
            name = "Answer time-out",
            description = "Seconds that the next bytes of an answer are waited for.",
            min = "1")
    int answer_timeoutSeconds() default 60;
}
