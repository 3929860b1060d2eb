// SPDX-License-Identifier: Apache-2.0
package io.heddle.server;

import io.heddle.server.storage.StorageSettings;
import io.heddle.server.token.PublicUrl;
import io.heddle.server.token.TokenSettings;
import java.util.Objects;
import java.util.Optional;

/**
 * What an operator decides.
 *
 * @param tokens about tokens
 * @param storage about storage
 * @param publicUrl the server's address as clients see it, when the requests don't show it
 */
public record ServerSettings(TokenSettings tokens, StorageSettings storage, Optional<PublicUrl> publicUrl) {

    /** The defaults of every part. */
    public static final ServerSettings DEFAULT =
            new ServerSettings(TokenSettings.DEFAULT, StorageSettings.DEFAULT, Optional.empty());

    /** Refuses null. */
    public ServerSettings {
        Objects.requireNonNull(tokens, "tokens");
        Objects.requireNonNull(storage, "storage");
        Objects.requireNonNull(publicUrl, "publicUrl");
    }
}
