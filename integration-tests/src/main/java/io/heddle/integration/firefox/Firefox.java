// SPDX-License-Identifier: Apache-2.0
package io.heddle.integration.firefox;

import com.google.gson.Gson;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * A Firefox without a window that runs scripts in its chrome context, where the browser's own code can be called. It syncs
 * only when a script asks for it.
 *
 * <p><b>Threading:</b> one call at a time, but for {@link #crash}.
 */
final class Firefox implements AutoCloseable {

    private static final Duration COMMAND_LIMIT = Duration.ofSeconds(60);
    private static final Duration SCRIPT_LIMIT = Duration.ofSeconds(120);
    private static final Duration GRACE = Duration.ofSeconds(10);
    private static final String PRELUDE = resource("prelude.js");

    private final Path binary;
    private final FirefoxProfile profile;
    private volatile FirefoxProcess process;
    private Marionette marionette;
    private String version = "";

    private Firefox(Path binary, FirefoxProfile profile) {
        this.binary = binary;
        this.profile = profile;
    }

    /**
     * Starts a Firefox and waits until it can be driven.
     *
     * @param binary the program
     * @param profile its profile
     * @return the running Firefox
     */
    static Firefox start(Path binary, FirefoxProfile profile) {
        Firefox firefox = new Firefox(binary, profile);
        firefox.start();
        return firefox;
    }

    private void start() {
        try {
            process = FirefoxProcess.start(binary, profile);
            marionette = Marionette.connect(process.awaitPort());
            JsonObject capabilities = new JsonObject();
            capabilities.add("alwaysMatch", new JsonObject());
            command("WebDriver:NewSession", "capabilities", capabilities);
            command("WebDriver:SetTimeouts", "script", JsonParser.parseString("" + SCRIPT_LIMIT.toMillis()));
            command("Marionette:SetContext", "value", JsonParser.parseString("\"chrome\""));
            version = script("prepare").getAsString();
            process.learnFamily();
        } catch (IOException | RuntimeException | Error e) {
            String said = process == null ? "" : process.said();
            kill();
            throw new FirefoxFailure("Firefox (" + binary + ") did not start: " + e.getMessage(), said, e);
        }
    }

    /** {@return its version, for example 153.7.0} */
    String version() {
        return version;
    }

    /**
     * Runs a script of this package.
     *
     * @param name the name of its resource, without the ending
     * @param arguments what it finds in {@code args}: texts, numbers, booleans or JSON
     * @return what it returned
     * @throws FirefoxFailure when it threw, or took too long
     */
    JsonElement script(String name, Object... arguments) {
        return run(name, source(name), arguments);
    }

    /** {@return the text of a script of this package} */
    static String source(String name) {
        return resource(name + ".js");
    }

    /**
     * Runs the body of an asynchronous function.
     *
     * @param body the JavaScript, with the names of {@code prelude.js} and {@code args} in reach
     * @param arguments what it finds in {@code args}: texts, numbers, booleans or JSON
     * @return what it returned
     * @throws FirefoxFailure when it threw, or took too long
     */
    JsonElement run(String body, Object... arguments) {
        return run(body, body, arguments);
    }

    private JsonElement run(String what, String body, Object... arguments) {
        JsonArray values = new JsonArray();
        for (Object argument : arguments) {
            values.add(json(argument));
        }
        JsonArray wrapped = new JsonArray();
        wrapped.add(values);
        JsonObject parameters = new JsonObject();
        parameters.addProperty("script", PRELUDE.replace("/* BODY */", body));
        parameters.add("args", wrapped);
        parameters.addProperty("sandbox", "system");
        parameters.addProperty("newSandbox", true);
        try {
            JsonElement answer = marionette.send("WebDriver:ExecuteAsyncScript", parameters, SCRIPT_LIMIT.plus(GRACE));
            JsonObject outcome = JsonParser.parseString(
                            answer.getAsJsonObject().get("value").getAsString())
                    .getAsJsonObject();
            if (outcome.has("error")) {
                throw new FirefoxFailure(
                        "in Firefox, " + what + " failed: "
                                + outcome.get("error").getAsString(),
                        process.said());
            }
            return outcome.get("value");
        } catch (IOException e) {
            throw new FirefoxFailure("in Firefox, " + what + " failed: " + e.getMessage(), process.said(), e);
        }
    }

    private static JsonElement json(Object value) {
        return value instanceof JsonElement element ? element : new Gson().toJsonTree(value);
    }

    private void command(String name, String parameter, JsonElement value) throws IOException {
        JsonObject parameters = new JsonObject();
        parameters.add(parameter, value);
        marionette.send(name, parameters, COMMAND_LIMIT);
    }

    /** {@return the end of what it has written to its console} */
    String said() {
        return process.said();
    }

    /** Ends Firefox as a person would, and starts it again with the same profile. */
    void restart() {
        quit();
        start();
    }

    /** Ends Firefox at once, amidst whatever it does: the script that runs fails. From any thread. */
    void crash() {
        process.kill();
    }

    /** Starts Firefox again with the same profile, after a crash. */
    void startAgain() {
        kill();
        start();
    }

    private void quit() {
        try {
            process.learnFamily();
            JsonArray flags = new JsonArray();
            flags.add("eForceQuit");
            command("Marionette:Quit", "flags", flags);
            process.awaitEnd();
        } catch (IOException e) {
            throw new FirefoxFailure("Firefox did not quit: " + e.getMessage(), process.said(), e);
        } finally {
            kill();
        }
    }

    private void kill() {
        try {
            if (marionette != null) {
                marionette.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            Optional.ofNullable(process).ifPresent(FirefoxProcess::kill);
        }
    }

    /** Ends Firefox at once, with all the processes that it has started, and deletes its profile. */
    @Override
    public void close() {
        kill();
        try {
            profile.delete();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String resource(String name) {
        try (InputStream in = Firefox.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalArgumentException("there is no script " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
