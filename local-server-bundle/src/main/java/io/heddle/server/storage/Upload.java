// SPDX-License-Identifier: Apache-2.0
package io.heddle.server.storage;

import io.heddle.server.bso.BsoChange;
import java.util.List;
import java.util.Map;

/**
 * The BSOs of a body.
 *
 * @param changes the good ones, in order
 * @param failed why the others are refused, by id
 */
record Upload(List<BsoChange> changes, Map<String, String> failed) {}
