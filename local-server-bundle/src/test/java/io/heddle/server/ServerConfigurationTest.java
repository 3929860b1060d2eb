// SPDX-License-Identifier: Apache-2.0
package io.heddle.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heddle.server.token.Registration;
import java.lang.reflect.Proxy;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ServerConfigurationTest {

    @Test
    void theDefaultsOfTheConfigurationAreTheServersOwn() {
        assertThat(settings(Map.of())).isEqualTo(ServerSettings.DEFAULT);
    }

    @Test
    void valuesAreTakenOver() {
        ServerSettings settings = settings(Map.of(
                "registration",
                "no_new_users",
                "public_url",
                "https://sync.example/",
                "quota_kb",
                7L,
                "batches",
                false));

        assertThat(settings.tokens().registration()).isEqualTo(Registration.NO_NEW_USERS);
        assertThat(settings.publicUrl().orElseThrow()).hasToString("https://sync.example");
        assertThat(settings.storage().quotaKb()).isEqualTo(7);
        assertThat(settings.storage().batches()).isFalse();
    }

    @Test
    void whatCannotBeIsRefused() {
        assertThatThrownBy(() -> settings(Map.of("registration", "maybe"))).hasMessageContaining("maybe");
        assertThatThrownBy(() -> settings(Map.of("public_url", "sync.example"))).hasMessageContaining("public URL");
        assertThatThrownBy(() -> settings(Map.of("max_request_bytes", 1L << 40)))
                .hasMessageContaining("max_request_bytes");
        assertThatThrownBy(() -> settings(Map.of("skew_seconds", 0L))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> settings(Map.of("token_duration_seconds", 0L)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static ServerSettings settings(Map<String, Object> values) {
        ServerConfiguration configuration = (ServerConfiguration) Proxy.newProxyInstance(
                ServerConfiguration.class.getClassLoader(),
                new Class<?>[] {ServerConfiguration.class},
                (proxy, method, arguments) -> values.getOrDefault(method.getName(), method.getDefaultValue()));
        return ServerConfiguration.Reader.settings(configuration);
    }
}
