// SPDX-License-Identifier: Apache-2.0
/**
 * The manager's values as text for people: aligned, with times in words and without anything that could steer a terminal.
 * It depends on the API alone; the shell commands use it, and so does an application that asks for the manager's text of a
 * result.
 */
package io.heddle.manager.text;
