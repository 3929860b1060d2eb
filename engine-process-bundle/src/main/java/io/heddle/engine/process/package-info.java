// SPDX-License-Identifier: Apache-2.0
/**
 * Engines in other languages: one configuration makes one engine service, behind which an external program does the work.
 * The program sees the cleartext of its own collections; keys, token and account stay with the manager. The protocol is
 * that of {@code docs/engine-protocol.md}.
 */
package io.heddle.engine.process;
