// SPDX-License-Identifier: Apache-2.0
package io.heddle.server.token;

import io.heddle.server.hawk.TokenClaims;
import io.heddle.server.hawk.TokenSecrets;
import java.time.Clock;
import java.util.Optional;

/**
 * Exchanges an access token and a key id for Hawk credentials.
 *
 * <p><b>Threading:</b> any thread.
 */
public final class TokenExchange {

    /** What a client gets: an id with its key. Prints neither. */
    public static final class Issued {
        private final StorageUser user;
        private final String id;
        private final String key;
        private final String hashedFxaUid;
        private final long durationSeconds;

        private Issued(StorageUser user, String id, String key, String hashedFxaUid, long durationSeconds) {
            this.user = user;
            this.id = id;
            this.key = key;
            this.hashedFxaUid = hashedFxaUid;
            this.durationSeconds = durationSeconds;
        }

        StorageUser user() {
            return user;
        }

        String id() {
            return id;
        }

        String key() {
            return key;
        }

        String hashedFxaUid() {
            return hashedFxaUid;
        }

        long durationSeconds() {
            return durationSeconds;
        }
    }

    private final TokenSettings settings;
    private final Accounts accounts;
    private final StorageUsers users;
    private final TokenSecrets secrets;
    private final Clock clock;

    /**
     * An exchange.
     *
     * @param settings what the operator decided
     * @param accounts who the access tokens belong to
     * @param users which storage they have
     * @param secrets signs the tokens
     * @param clock the server's time
     */
    public TokenExchange(
            TokenSettings settings, Accounts accounts, StorageUsers users, TokenSecrets secrets, Clock clock) {
        this.settings = settings;
        this.accounts = accounts;
        this.users = users;
        this.secrets = secrets;
        this.clock = clock;
    }

    Issued issue(String accessToken, KeyId keyId, Optional<Long> askedSeconds) throws TokenRefusal {
        boolean newUsers = settings.registration() != Registration.NO_NEW_USERS;
        StorageUser user = users.assign(holder(accessToken), keyId, newUsers);
        long seconds = askedSeconds
                .filter(asked -> asked > 0 && asked < settings.durationSeconds())
                .orElse(settings.durationSeconds());
        // Never before the moment up to which tokens were declared expired.
        long issued = Math.max(clock.millis(), user.tokensFromMillis() + 1);
        String hashed = secrets.hashed(user.fxaUid());
        TokenClaims claims = new TokenClaims(
                user.uid(),
                user.node(),
                issued,
                clock.millis() + 1000 * seconds,
                user.fxaUid(),
                keyId.header(),
                hashed,
                TokenSecrets.randomSalt());
        String id = secrets.sign(claims);
        return new Issued(user, id, secrets.hawkKey(id, claims.salt()), hashed, seconds);
    }

    private Accounts.Holder holder(String accessToken) throws TokenRefusal {
        Optional<Accounts.Holder> known = accounts.findByToken(accessToken);
        if (known.isPresent()) {
            return known.get();
        }
        return register(accessToken);
    }

    private synchronized Accounts.Holder register(String accessToken) throws TokenRefusal {
        // Two first requests may come at once; they mean one account.
        Optional<Accounts.Holder> known = accounts.findByToken(accessToken);
        if (known.isPresent()) {
            return known.get();
        }
        if (!takesUnknown()) {
            throw TokenRefusal.unauthorized("invalid-credentials", "header", "unknown access token");
        }
        long accountId = accounts.create();
        accounts.addToken(accountId, accessToken, 0);
        return new Accounts.Holder(accountId, 0);
    }

    private boolean takesUnknown() {
        Registration registration = settings.registration();
        return registration == Registration.OPEN || (registration == Registration.FIRST && !accounts.anyToken());
    }
}
