// SPDX-License-Identifier: Apache-2.0
/**
 * What needs a key: sealing and opening records (AES-256-CBC, HMAC-SHA256; Firefox Sync storage format 5), crypto/keys,
 * new key bundles, and HAWK signatures. The flow opens crypto/keys with it, engine runs seal and open records with it, and
 * every storage request is signed by it.
 */
package io.heddle.manager.crypto;
