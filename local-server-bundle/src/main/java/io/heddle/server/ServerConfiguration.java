// SPDX-License-Identifier: Apache-2.0
package io.heddle.server;

import io.heddle.server.storage.Limits;
import io.heddle.server.storage.StorageSettings;
import io.heddle.server.token.PublicUrl;
import io.heddle.server.token.Registration;
import io.heddle.server.token.TokenSettings;
import java.util.Optional;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.metatype.annotations.Option;

/** The configuration with the PID {@code io.heddle.server}. Address and port are the HTTP service's own configuration. */
@ObjectClassDefinition(
        name = "Heddle local server",
        description =
                "A Firefox token server and Sync 1.5 storage server for this machine. It has no configuration of its"
                        + " own for address and port: the HTTP service decides.")
@interface ServerConfiguration {

    @AttributeDefinition(
            name = "Database directory",
            description = "Where the database is kept; made when it is missing. One running server at a time.")
    String database_directory();

    @AttributeDefinition(
            name = "Registration",
            description = "Who may become a user. Right for an address that only this machine reaches: open.",
            options = {
                @Option(label = "open: an unknown access token makes a new account", value = "open"),
                @Option(
                        label = "first: an unknown access token makes the first account, and no other",
                        value = "first"),
                @Option(label = "closed: an unknown access token is refused", value = "closed"),
                @Option(label = "no new users: accounts without storage get none", value = "no_new_users")
            })
    String registration() default "open";

    @AttributeDefinition(
            name = "Token duration",
            description = "How long a storage token lives, in seconds. Default: 3600.")
    long token_duration_seconds() default 3600;

    @AttributeDefinition(
            name = "Public URL",
            description = "The server's address as clients see it, when a proxy stands in between. Default: empty, the"
                    + " address is taken from each request.",
            required = false)
    String public_url() default "";

    @AttributeDefinition(
            name = "Clock skew",
            description = "How far the time in a request's signature may be from the server's, in seconds, either way."
                    + " Default: 86400, a day.")
    long skew_seconds() default 86_400;

    @AttributeDefinition(
            name = "Quota",
            description = "How much payload a user may store, in KB; 0 for no quota. Default: 0.")
    long quota_kb() default 0;

    @AttributeDefinition(
            name = "Batches",
            description = "Whether uploads can span several requests and become visible at once. Default: true.")
    boolean batches() default true;

    @AttributeDefinition(
            name = "Batch lifetime",
            description = "How long an upload in several requests may take, in seconds. Default: 7200, two hours.")
    long batch_lifetime_seconds() default 7200;

    @AttributeDefinition(
            name = "Page limit",
            description = "The most records that one answer holds, even when the client asks for more; 0 for no limit."
                    + " Default: 0.")
    long page_limit() default 0;

    @AttributeDefinition(
            name = "Records in a POST",
            description = "max_post_records: the most records in one request. Default: 100.")
    long max_post_records() default 100;

    @AttributeDefinition(
            name = "Bytes in a POST",
            description = "max_post_bytes: the most bytes of payloads in one request. Default: 2621440.")
    long max_post_bytes() default 2_621_440;

    @AttributeDefinition(
            name = "Bytes in a record",
            description = "max_record_payload_bytes: the most bytes of payload in one record. Default: 2621440.")
    long max_record_payload_bytes() default 2_621_440;

    @AttributeDefinition(
            name = "Bytes in a request",
            description =
                    "max_request_bytes: the most bytes of one request's body, at most 33554432. Default: 2625536.")
    long max_request_bytes() default 2_625_536;

    @AttributeDefinition(
            name = "Records in a batch",
            description = "max_total_records: the most records in one batch. Default: 10000.")
    long max_total_records() default 10_000;

    @AttributeDefinition(
            name = "Bytes in a batch",
            description = "max_total_bytes: the most bytes of payloads in one batch. Default: 262144000.")
    long max_total_bytes() default 262_144_000;

    /** Turns a configuration into settings. */
    final class Reader {
        private Reader() {}

        /**
         * Checks every value.
         *
         * @param configuration as ConfigAdmin has it
         * @return the settings
         * @throws IllegalArgumentException when a value can't be
         */
        static ServerSettings settings(ServerConfiguration configuration) {
            Registration registration = Registration.parse(configuration.registration());
            Limits limits = new Limits(
                    configuration.max_post_records(),
                    configuration.max_post_bytes(),
                    configuration.max_record_payload_bytes(),
                    configuration.max_request_bytes(),
                    configuration.max_total_records(),
                    configuration.max_total_bytes());
            StorageSettings storage = new StorageSettings(
                    limits,
                    configuration.quota_kb(),
                    configuration.batches(),
                    configuration.batch_lifetime_seconds(),
                    configuration.page_limit(),
                    configuration.skew_seconds());
            String url = configuration.public_url().strip();
            return new ServerSettings(
                    new TokenSettings(registration, configuration.token_duration_seconds()),
                    storage,
                    url.isEmpty() ? Optional.empty() : Optional.of(PublicUrl.parse(url)));
        }
    }
}
