// SPDX-License-Identifier: Apache-2.0
/**
 * What devices of an account ask of each other: commands that have come, until an engine or the application has carried them
 * out, commands that are to go, and the restores that end with one. Each change is stored before anything acts on it.
 */
package io.heddle.manager.flow.command;
