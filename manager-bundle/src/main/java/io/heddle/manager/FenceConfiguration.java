// SPDX-License-Identifier: Apache-2.0
package io.heddle.manager;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The settings of {@link ServiceFence} (PID {@code io.heddle.manager.fence}). */
@ObjectClassDefinition(
        name = "Heddle service fence",
        description = "Keeps services that are no business of engines out of their sight.")
@interface FenceConfiguration {

    @AttributeDefinition(
            name = "Fence",
            description =
                    "Whether account providers, state stores and the administration of the sync manager are hidden"
                            + " from bundles that have nothing to do with them.")
    boolean enabled() default true;

    @AttributeDefinition(
            name = "Trusted bundles",
            description = "Symbolic names of further bundles that see them.",
            required = false)
    String[] trusted_bundles() default {};
}
