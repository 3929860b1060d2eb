// SPDX-License-Identifier: Apache-2.0
package io.heddle.api;

/** What became of a command that another device sent to this one. */
public enum CommandStatus {
    /** It is carried out, and leaves this device's record. Of {@code wipeAll} and {@code resetAll}: it was handed on to each engine. */
    DONE,
    /** It waits for a later sync: its engine is absent, declined or was not asked for, or what should carry it out failed. */
    WAITING,
    /** It is not to be carried out here, and leaves this device's record: the log says why. */
    DROPPED,
    /** Neither an engine nor the application knows it: it stays in this device's record, and is offered again with the next sync. */
    UNKNOWN
}
