// SPDX-License-Identifier: Apache-2.0
/** Tests of the launcher as people have it: the script beside the built jar, run as processes of its own. */
package io.heddle.launcher.process;
