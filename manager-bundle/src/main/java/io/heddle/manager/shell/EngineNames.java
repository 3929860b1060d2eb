// SPDX-License-Identifier: Apache-2.0
package io.heddle.manager.shell;

import java.util.Set;

/** Tells the shell which names are no typing mistakes. An application may know more engines than the manager does. */
public interface EngineNames {

    /**
     * The engines that were heard of: registered here, in meta/global as last seen, or declined here.
     *
     * @return names of engines and groups, in order
     */
    Set<String> knownEngines();
}
