// SPDX-License-Identifier: Apache-2.0
package io.heddle.launcher.framework;

/** Bundles that are started together: a folder of the launcher's jar. What a run does not need is not installed. */
public enum BundleGroup {
    /** What all others stand on: configuration and Declarative Services. */
    BASE("01"),
    /** Events, hot deployment and engines in other languages; before {@link #SYNC}, which posts events where there is somebody to take them. */
    DEPLOYMENT("02"),
    /** The local server and what it runs on. */
    SERVER("03"),
    /** The sync manager and the engines that come with it. */
    SYNC("04"),
    /** Commands, without anything to type them into. */
    COMMANDS("05"),
    /** A shell on a terminal. */
    TERMINAL("06");

    private final String startLevel;

    BundleGroup(String startLevel) {
        this.startLevel = startLevel;
    }

    /** {@return the folder's name in the jar, with a slash at its end} */
    String folder() {
        return "bundles/" + startLevel + "/";
    }
}
