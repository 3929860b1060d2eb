// SPDX-License-Identifier: Apache-2.0
package io.heddle.manager.clients;

/**
 * How this device describes itself to the others.
 *
 * @param id the id of its record
 * @param name what people call it
 * @param type desktop, mobile, tablet, tv or another word
 * @param version of the software
 * @param fxaDeviceId its id in the list of devices of a Firefox account; empty when it is not in one
 */
public record ThisDevice(String id, String name, String type, String version, String fxaDeviceId) {}
