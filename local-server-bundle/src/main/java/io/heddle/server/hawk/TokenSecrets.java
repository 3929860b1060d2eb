// SPDX-License-Identifier: Apache-2.0
package io.heddle.server.hawk;

import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;

/**
 * The server's master secret: signs tokens and derives their Hawk keys. A token id is base64url of its claims in JSON and
 * an HMAC over them, so that the storage server needs no table of tokens.
 *
 * <p><b>Threading:</b> any thread.
 */
public final class TokenSecrets {
    private static final String INFO = "services.mozilla.com/tokenlib/v1/";
    private static final int SIGNATURE_BYTES = 32;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final byte[] master;
    private final byte[] signingKey;

    /**
     * Works with a secret.
     *
     * @param master the secret's bytes; copied
     */
    public TokenSecrets(byte[] master) {
        this.master = master.clone();
        this.signingKey = Hkdf.derive(master, new byte[0], INFO + "signing");
    }

    /**
     * Makes a new secret.
     *
     * @return 32 random bytes
     */
    public static byte[] random() {
        byte[] secret = new byte[32];
        RANDOM.nextBytes(secret);
        return secret;
    }

    /**
     * Makes a salt for a token.
     *
     * @return 6 hex digits
     */
    public static String randomSalt() {
        byte[] salt = new byte[3];
        RANDOM.nextBytes(salt);
        return HexFormat.of().formatHex(salt);
    }

    /**
     * Makes the token id of some claims.
     *
     * @param claims what it shall say
     * @return the id for the Hawk header
     */
    public String sign(TokenClaims claims) {
        JsonObject json = new JsonObject();
        json.addProperty("uid", claims.uid());
        json.addProperty("node", claims.node());
        json.addProperty("issued", claims.issuedMillis() / 1000.0);
        json.addProperty("expires", claims.expiresMillis() / 1000.0);
        json.addProperty("fxa_uid", claims.fxaUid());
        json.addProperty("fxa_kid", claims.fxaKid());
        json.addProperty("hashed_fxa_uid", claims.hashedFxaUid());
        json.addProperty("salt", claims.salt());
        byte[] payload = json.toString().getBytes(StandardCharsets.UTF_8);
        byte[] token = Arrays.copyOf(payload, payload.length + SIGNATURE_BYTES);
        System.arraycopy(Hkdf.hmac(signingKey, payload), 0, token, payload.length, SIGNATURE_BYTES);
        return Base64.getUrlEncoder().encodeToString(token);
    }

    /**
     * Reads a token id that this server signed.
     *
     * @param id the id of a Hawk header
     * @return its claims, expired or not; empty when it is malformed or signed by somebody else
     */
    public Optional<TokenClaims> verify(String id) {
        try {
            byte[] token = Base64.getUrlDecoder().decode(id);
            if (token.length <= SIGNATURE_BYTES) {
                return Optional.empty();
            }
            int end = token.length - SIGNATURE_BYTES;
            byte[] payload = Arrays.copyOf(token, end);
            byte[] signature = Arrays.copyOfRange(token, end, token.length);
            if (!MessageDigest.isEqual(signature, Hkdf.hmac(signingKey, payload))) {
                return Optional.empty();
            }
            return Optional.of(claims(new String(payload, StandardCharsets.UTF_8)));
        } catch (IllegalArgumentException | IllegalStateException | JsonParseException malformed) {
            return Optional.empty();
        }
    }

    private static TokenClaims claims(String payload) {
        JsonObject json = JsonParser.parseString(payload).getAsJsonObject();
        return new TokenClaims(
                json.get("uid").getAsLong(),
                json.get("node").getAsString(),
                json.has("issued") ? Math.round(json.get("issued").getAsDouble() * 1000) : 0,
                Math.round(json.get("expires").getAsDouble() * 1000),
                json.get("fxa_uid").getAsString(),
                json.get("fxa_kid").getAsString(),
                json.get("hashed_fxa_uid").getAsString(),
                json.get("salt").getAsString());
    }

    /**
     * Derives the Hawk key that belongs to a token.
     *
     * @param id the token id
     * @param salt the salt in its claims
     * @return base64url; the bytes of this very text are the key
     */
    public String hawkKey(String id, String salt) {
        byte[] key = Hkdf.derive(master, salt.getBytes(StandardCharsets.UTF_8), INFO + "derive/" + id);
        return Base64.getUrlEncoder().encodeToString(key);
    }

    /**
     * Hides an account's id for logs and metrics.
     *
     * @param fxaUid the account's id
     * @return 32 hex digits, the same for the same account
     */
    public String hashed(String fxaUid) {
        byte[] key = Hkdf.derive(master, new byte[0], INFO + "metrics");
        byte[] hash = Hkdf.hmac(key, fxaUid.getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().formatHex(hash, 0, 16);
    }
}
