// SPDX-License-Identifier: Apache-2.0
package io.heddle.manager.flow;

import static org.assertj.core.api.Assertions.assertThat;

import io.heddle.server.testing.TestServer;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * A join needs no memory for the records on their way: a process joins a collection that is larger than its heap. With
 * {@code heddle.memory.records} there are more of them.
 */
class SmallHeapTest extends Transfers {

    private static final int RECORDS = Integer.getInteger("heddle.memory.records", 20_000);
    private static final int AT_ONCE = 1_000;

    @Test
    void aCollectionLargerThanTheHeapIsJoined() throws Exception {
        start(TestServer.builder());
        begin(AT_ONCE, 1_000);
        for (int i = AT_ONCE; i < RECORDS; i += AT_ONCE) {
            Map<String, String> part = new LinkedHashMap<>();
            for (int j = 0; j < AT_ONCE; j++) {
                String id = "more" + (i + j);
                part.put(id, "{\"id\":\"" + id + "\",\"text\":\"" + "x".repeat(1_000) + "\"}");
            }
            onServer.putSealed("todo", part);
        }

        String said = join("-Xmx32m");

        assertThat(said).endsWith("OK " + RECORDS);
    }

    private String join(String heap) throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        heap,
                        "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
                        "-cp",
                        System.getProperty("java.class.path"),
                        JoinInSmallHeap.class.getName(),
                        server.tokenServer().toString(),
                        account.accessToken(),
                        account.keyId(),
                        HexFormat.of().formatHex(account.syncKey()))
                .redirectErrorStream(true)
                .redirectInput(new File(File.separator.equals("/") ? "/dev/null" : "NUL"))
                .start();
        try {
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
            return said.trim();
        } finally {
            process.destroyForcibly();
        }
    }
}
