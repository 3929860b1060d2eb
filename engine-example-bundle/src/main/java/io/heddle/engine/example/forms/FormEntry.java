// SPDX-License-Identifier: Apache-2.0
package io.heddle.engine.example.forms;

/**
 * What was once typed into a form field.
 *
 * @param id the record's id; Firefox's own may hold {@code /} and {@code +}
 * @param name the field's name, for example {@code city}
 * @param value what was typed
 * @param changedAt when that was, in milliseconds: by this device's clock, or by the server's for what came from there
 * @param state what the server knows of it
 */
record FormEntry(String id, String name, String value, long changedAt, State state) {

    /** What the server knows of an entry, as far as this device can tell. */
    enum State {
        /** Never uploaded. */
        NEW,
        /** On the server with another value. */
        CHANGED,
        /** The same on the server. */
        SYNCED
    }

    boolean isToUpload() {
        return state != State.SYNCED;
    }

    boolean saysTheSameAs(FormEntry other) {
        return name.equals(other.name) && value.equals(other.value);
    }

    FormEntry in(State newState) {
        return new FormEntry(id, name, value, changedAt, newState);
    }
}
