// SPDX-License-Identifier: Apache-2.0
package io.heddle.launcher.account;

import java.net.URI;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/**
 * What an account file says that is no secret: where the account is.
 *
 * @param tokenServer where the token server is
 * @param keyId the value of the header {@code X-KeyID}: which keys the account has
 * @param localServer the folder of the server that runs here, when one does; absolute
 */
public record AccountServer(URI tokenServer, String keyId, Optional<Path> localServer) {

    /** Refuses null. */
    public AccountServer {
        Objects.requireNonNull(tokenServer, "tokenServer");
        Objects.requireNonNull(keyId, "keyId");
        Objects.requireNonNull(localServer, "localServer");
    }
}
