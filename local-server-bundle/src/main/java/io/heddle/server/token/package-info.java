// SPDX-License-Identifier: Apache-2.0
/**
 * The token server: exchanges an access token and a key id for Hawk credentials and a storage address, and keeps the rules
 * by which keys may change. The protocol page is the token server's API.
 */
package io.heddle.server.token;
