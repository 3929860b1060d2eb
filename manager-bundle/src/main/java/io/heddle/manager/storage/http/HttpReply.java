// SPDX-License-Identifier: Apache-2.0
package io.heddle.manager.storage.http;

/**
 * A whole answer.
 *
 * @param head the status and the headers
 * @param body the text, empty when there is none
 */
public record HttpReply(HttpHead head, String body) {

    /** {@return the HTTP status} */
    public int status() {
        return head.status();
    }

    /** The status and the length: the body may hold records or a token. */
    @Override
    public String toString() {
        return "HttpReply[" + head.status() + ", " + body.length() + " characters]";
    }
}
