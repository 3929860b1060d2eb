// SPDX-License-Identifier: Apache-2.0
package io.heddle.server.testing;

import io.heddle.server.ServerSettings;
import io.heddle.server.storage.Limits;
import io.heddle.server.storage.StorageSettings;
import io.heddle.server.token.PublicUrl;
import io.heddle.server.token.Registration;
import io.heddle.server.token.TokenSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** How a test server shall be: by default in memory, on a free port, HTTP/1.1 without TLS, closed to unknown tokens. */
public final class TestServerBuilder {
    private TokenSettings tokens = new TokenSettings(Registration.CLOSED, 3600);
    private StorageSettings storage = StorageSettings.DEFAULT;
    private Optional<PublicUrl> publicUrl = Optional.empty();
    private Optional<Path> database = Optional.empty();
    private Duration clockOffset = Duration.ZERO;
    private Duration latency = Duration.ZERO;
    private boolean tls;
    private boolean http2;
    private int port;

    TestServerBuilder() {}

    /**
     * Sets all about tokens.
     *
     * @param settings the settings
     * @return this
     */
    public TestServerBuilder tokens(TokenSettings settings) {
        tokens = settings;
        return this;
    }

    /**
     * Changes settings of storage.
     *
     * @param change gets the settings so far
     * @return this
     */
    public TestServerBuilder storage(UnaryOperator<StorageSettings> change) {
        storage = change.apply(storage);
        return this;
    }

    /**
     * Sets the limits that info/configuration shows.
     *
     * @param limits the limits
     * @return this
     */
    public TestServerBuilder limits(Limits limits) {
        return storage(old -> old.withLimits(limits));
    }

    /**
     * Sets the quota.
     *
     * @param kb kilobytes a user, 0 for none
     * @return this
     */
    public TestServerBuilder quotaKb(long kb) {
        return storage(old -> old.withQuotaKb(kb));
    }

    /**
     * Makes a server that doesn't know batches.
     *
     * @return this
     */
    public TestServerBuilder withoutBatches() {
        return storage(StorageSettings::withoutBatches);
    }

    /**
     * Makes the server cut every list, asked or not.
     *
     * @param bsos the most that one GET answers
     * @return this
     */
    public TestServerBuilder pageLimit(long bsos) {
        return storage(old -> old.withPageLimit(bsos));
    }

    /**
     * Sets the address that the server believes to have.
     *
     * @param url an absolute URL
     * @return this
     */
    public TestServerBuilder publicUrl(String url) {
        publicUrl = Optional.of(PublicUrl.parse(url));
        return this;
    }

    /**
     * Keeps the data on disk.
     *
     * @param directory where; a server that starts there later finds it again
     * @return this
     */
    public TestServerBuilder database(Path directory) {
        database = Optional.of(directory);
        return this;
    }

    /**
     * Makes the server's clock wrong.
     *
     * @param offset how far it is ahead of the system's
     * @return this
     */
    public TestServerBuilder clockOffset(Duration offset) {
        clockOffset = offset;
        return this;
    }

    /**
     * Makes every request take longer, as if the server were far away.
     *
     * @param roundTrip how much longer
     * @return this
     */
    public TestServerBuilder latency(Duration roundTrip) {
        latency = roundTrip;
        return this;
    }

    /**
     * Speaks https, with a certificate that {@link TestServer#clientSslContext} trusts.
     *
     * @return this
     */
    public TestServerBuilder tls() {
        tls = true;
        return this;
    }

    /**
     * Speaks https, and HTTP/2 with clients that offer it by ALPN.
     *
     * @return this
     */
    public TestServerBuilder http2() {
        http2 = true;
        return tls();
    }

    /**
     * Listens on a certain port.
     *
     * @param number the port, 0 for a free one
     * @return this
     */
    public TestServerBuilder port(int number) {
        port = number;
        return this;
    }

    /**
     * Starts the server.
     *
     * @return the running server
     */
    public TestServer start() {
        return new TestServer(this);
    }

    ServerSettings settings() {
        return new ServerSettings(tokens, storage, publicUrl);
    }

    Optional<Path> database() {
        return database;
    }

    Duration clockOffset() {
        return clockOffset;
    }

    Duration latency() {
        return latency;
    }

    boolean isTls() {
        return tls;
    }

    boolean isHttp2() {
        return http2;
    }

    int port() {
        return port;
    }
}
