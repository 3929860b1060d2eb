// SPDX-License-Identifier: Apache-2.0
package io.heddle.benchmarks.endtoend.server;

import io.heddle.api.account.Credentials;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** An account of a {@link RemoteServer}. */
public final class RemoteAccount {

    private final long number;
    private final URI tokenServer;
    private final String accessToken;
    private final String keyId;
    private final byte[] syncKey;

    RemoteAccount(String line) {
        String[] parts = line.split(" ");
        number = Long.parseLong(parts[0]);
        tokenServer = URI.create(parts[1]);
        accessToken = parts[2];
        keyId = parts[3];
        syncKey = HexFormat.of().parseHex(parts[4]);
    }

    long number() {
        return number;
    }

    /** {@return a new copy, which whoever gets it may close} */
    public Credentials credentials() {
        return Credentials.of(tokenServer, accessToken.getBytes(StandardCharsets.US_ASCII), keyId, syncKey);
    }
}
