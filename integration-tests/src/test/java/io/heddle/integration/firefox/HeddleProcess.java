// SPDX-License-Identifier: Apache-2.0
package io.heddle.integration.firefox;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import io.heddle.integration.bench.TestBench;
import io.heddle.integration.outside.Jars;
import io.heddle.server.testing.TestAccount;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The launcher as it is handed out, two files in a folder, with an account file and nothing else. */
final class HeddleProcess {

    private static final long PATIENCE_SECONDS = 60;

    private final Path folder;
    private final Path script;
    private int runs;

    private HeddleProcess(Path folder, Path script) {
        this.folder = folder;
        this.script = script;
    }

    /** Installs it for the account of a bench. */
    static HeddleProcess with(TestBench bench) throws IOException {
        Path folder = Files.createDirectory(bench.folder().resolve("launcher"));
        Path jar = Jars.provisioned("heddle-felix-launcher");
        Files.copy(jar, folder.resolve("heddle-felix-launcher-1.jar"));
        Path script = folder.resolve("heddle");
        Files.copy(
                Path.of(System.getProperty(TestBench.PREFIX + "launcherScript")),
                script,
                StandardCopyOption.COPY_ATTRIBUTES);
        TestAccount known = bench.account();
        JsonObject account = new JsonObject();
        account.addProperty("tokenServer", bench.server().tokenServer().toString());
        account.addProperty("accessToken", known.accessToken());
        account.addProperty("keyId", known.keyId());
        account.addProperty("syncKey", Base64.getUrlEncoder().withoutPadding().encodeToString(known.syncKey()));
        Files.writeString(folder.resolve("account.json"), account.toString());
        return new HeddleProcess(folder, script);
    }

    /** Runs it to its end, and returns what it printed. */
    String run(String... arguments) throws IOException, InterruptedException {
        runs++;
        List<String> command = new ArrayList<>(List.of(
                script.toString(),
                "--account",
                folder.resolve("account.json").toString(),
                "--data",
                folder.resolve("data").toString()));
        command.addAll(List.of(arguments));
        Path out = folder.resolve("out-" + runs);
        Path err = folder.resolve("err-" + runs);
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        Process process = builder.start();
        process.getOutputStream().close();
        boolean ended = process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
        if (!ended) {
            process.destroyForcibly();
        }
        String said = "stdout: " + Files.readString(out) + "; stderr: " + Files.readString(err);
        assertThat(ended).as("ended; " + said).isTrue();
        assertThat(process.exitValue()).as("exit code; " + said).isZero();
        return Files.readString(out);
    }
}
