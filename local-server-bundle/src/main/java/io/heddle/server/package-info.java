// SPDX-License-Identifier: Apache-2.0
/**
 * The local server as a whole: a Firefox token server and a Sync 1.5 storage server for one machine. {@code SyncServer}
 * puts the parts together for any servlet container; the component, the only class that knows OSGi, gives its servlets to
 * the HTTP whiteboard.
 */
package io.heddle.server;
