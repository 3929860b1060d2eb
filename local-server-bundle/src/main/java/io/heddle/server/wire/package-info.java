// SPDX-License-Identifier: Apache-2.0
/**
 * Storage requests taken apart and answers put together: paths, conditions, query parameters, media types, BSOs in JSON and
 * the protocol's refusals. Touches no data; the protocol page is the Sync 1.5 storage API.
 */
package io.heddle.server.wire;
