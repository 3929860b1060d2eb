// SPDX-License-Identifier: Apache-2.0
/**
 * Who is asking: the self-describing signed tokens that the token server hands out, the Hawk keys that belong to them, and
 * the check of a storage request's Hawk header. The protocol pages are Hawk's and tokenlib's.
 */
package io.heddle.server.hawk;
