// SPDX-License-Identifier: Apache-2.0
/**
 * The documents of the storage protocol as values, and their codecs: meta/global, crypto/keys, info/collections,
 * info/configuration and BSOs (Firefox Sync storage format 5, storage API 1.5). Everything that is fetched becomes one of
 * these first, and everything that is written comes out of them; nothing here knows a key's use, a request or a clock.
 */
package io.heddle.manager.wire;
