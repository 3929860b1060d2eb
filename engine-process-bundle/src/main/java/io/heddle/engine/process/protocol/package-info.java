// SPDX-License-Identifier: Apache-2.0
/**
 * The messages of {@code docs/engine-protocol.md}: one JSON object a line, requests to a program and its answers, which are
 * checked here before anything of them reaches the manager.
 */
package io.heddle.engine.process.protocol;
