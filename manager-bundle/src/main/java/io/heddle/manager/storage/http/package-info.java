// SPDX-License-Identifier: Apache-2.0
/**
 * HTTP as the storage client needs it, and the only place that knows Apache HttpClient: small answers whole and limited in
 * size, large ones as a stream whose slow reader slows the server down.
 */
package io.heddle.manager.storage.http;
