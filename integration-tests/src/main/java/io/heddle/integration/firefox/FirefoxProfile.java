// SPDX-License-Identifier: Apache-2.0
package io.heddle.integration.firefox;

import com.google.gson.JsonPrimitive;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The profile of a Firefox that finds its servers on this machine and leaves the rest of the network alone. What it writes
 * to its console stands beside the profile and stays when that is deleted.
 *
 * @param folder the profile
 * @param home what Firefox takes for the home directory
 * @param output the file of its console
 */
record FirefoxProfile(Path folder, Path home, Path output) {

    private static final String QUIET = "quiet.properties";

    /**
     * Makes a profile.
     *
     * @param parent a folder that exists
     * @param name the profile's name
     * @param tokenServer the token server
     * @param accounts the accounts server
     * @return the profile
     * @throws IOException when it can't be written
     */
    static FirefoxProfile make(Path parent, String name, URI tokenServer, URI accounts) throws IOException {
        Path folder = Files.createTempDirectory(parent, name + "-profile");
        Path home = Files.createDirectory(folder.resolve("home"));
        Map<String, JsonPrimitive> preferences = quiet();
        preferences.put("marionette.port", new JsonPrimitive(0));
        preferences.put("identity.fxaccounts.allowHttp", new JsonPrimitive(true));
        preferences.put("identity.sync.tokenserver.uri", new JsonPrimitive(tokenServer + "/1.0/sync/1.5"));
        preferences.put("identity.fxaccounts.auth.uri", new JsonPrimitive(accounts + "/v1"));
        preferences.put("identity.fxaccounts.remote.oauth.uri", new JsonPrimitive(accounts + "/v1"));
        preferences.put("identity.fxaccounts.remote.profile.uri", new JsonPrimitive(accounts + "/v1"));
        preferences.put("identity.fxaccounts.remote.root", new JsonPrimitive(accounts + "/"));
        Files.writeString(
                folder.resolve("user.js"),
                preferences.entrySet().stream()
                        .map(entry ->
                                "user_pref(" + new JsonPrimitive(entry.getKey()) + ", " + entry.getValue() + ");\n")
                        .collect(Collectors.joining()));
        return new FirefoxProfile(folder, home, parent.resolve(name + ".out"));
    }

    /** The preferences that have nothing to do with a certain server. */
    private static Map<String, JsonPrimitive> quiet() throws IOException {
        Properties file = new Properties();
        try (InputStream in = FirefoxProfile.class.getResourceAsStream(QUIET)) {
            file.load(new StringReader(new String(in.readAllBytes(), StandardCharsets.UTF_8)));
        }
        Map<String, JsonPrimitive> preferences = new TreeMap<>();
        file.stringPropertyNames().forEach(name -> preferences.put(name, value(file.getProperty(name))));
        return preferences;
    }

    private static JsonPrimitive value(String text) {
        if (text.equals("true") || text.equals("false")) {
            return new JsonPrimitive(Boolean.valueOf(text));
        }
        return text.matches("-?\\d+") ? new JsonPrimitive(Integer.valueOf(text)) : new JsonPrimitive(text);
    }

    /** Deletes the profile; what Firefox has said stays. */
    void delete() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
