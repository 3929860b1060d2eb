// SPDX-License-Identifier: Apache-2.0
package io.heddle.integration.firefox;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.heddle.integration.bench.TestBench;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A Firefox that is signed in to the account of a bench, as the person before it sees it: it syncs when asked, has switches
 * for its engines, a list of devices and a memory of what was typed into forms.
 *
 * <p><b>Threading:</b> one call at a time, but for {@link #crash}.
 */
final class SyncedFirefox implements AutoCloseable {

    private final Firefox firefox;
    private final Set<String> enabledAtFirst;

    private SyncedFirefox(Firefox firefox) {
        this.firefox = firefox;
        this.enabledAtFirst = switches().enabled();
    }

    /**
     * How a sync ended.
     *
     * @param ok whether all of it went well
     * @param details Firefox's own words, as JSON
     */
    record Sync(boolean ok, JsonObject details) {}

    /**
     * The switches of the engines.
     *
     * @param enabled those that sync
     * @param disabled those that don't
     * @param declined those that somebody has switched off, engines of other clients included
     */
    record Switches(Set<String> enabled, Set<String> disabled, Set<String> declined) {}

    /**
     * Starts a Firefox with a new profile and signs it in.
     *
     * @param binary the program
     * @param bench whose account it shares
     * @param accounts where it is signed in
     * @param name what people call this device
     * @return the signed in Firefox, which has not synced yet
     */
    static SyncedFirefox start(Path binary, TestBench bench, AccountsStub accounts, String name) {
        try {
            FirefoxProfile profile = FirefoxProfile.make(
                    bench.folder(), "firefox", bench.server().tokenServer(), accounts.address());
            SyncedFirefox started = new SyncedFirefox(Firefox.start(binary, profile));
            try {
                started.signIn(bench, accounts, name);
                return started;
            } catch (RuntimeException | Error e) {
                started.close();
                throw e;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void signIn(TestBench bench, AccountsStub accounts, String name) {
        byte[] session = new byte[32];
        new Random().nextBytes(session);
        String key = Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(bench.account().syncKey());
        firefox.script(
                "sign-in",
                accounts.uid(),
                HexFormat.of().formatHex(session),
                key,
                bench.account().keyId(),
                name);
    }

    /** {@return its version, for example 153.7.0} */
    String version() {
        return firefox.version();
    }

    /** {@return the end of what it has written to its console} */
    String said() {
        return firefox.said();
    }

    /**
     * Syncs.
     *
     * @throws FirefoxFailure when it did not go well
     */
    void sync() {
        Sync sync = trySync();
        if (!sync.ok()) {
            throw new FirefoxFailure("Firefox did not sync: " + sync.details(), firefox.said());
        }
    }

    /**
     * Syncs until all goes well, as a browser does that is left running.
     *
     * @param most how often at most
     * @return how often it took
     */
    int syncUntilWell(int most) {
        for (int sync = 1; sync < most; sync++) {
            if (trySync().ok()) {
                return sync;
            }
        }
        sync();
        return most;
    }

    /** Syncs, well or not. */
    Sync trySync() {
        JsonObject details = firefox.script("sync").getAsJsonObject();
        return new Sync(details.get("ok").getAsBoolean(), details);
    }

    /** Ends it and starts it again. */
    void restart() {
        firefox.restart();
    }

    /** Ends it at once, amidst a sync: that fails. From any thread; what was changed since it was started may be lost. */
    void crash() {
        firefox.crash();
    }

    /** Starts it again after a crash. */
    void startAgain() {
        firefox.startAgain();
    }

    /** {@return the switches of its engines} */
    Switches switches() {
        JsonObject told = firefox.script("switches").getAsJsonObject();
        return new Switches(texts(told.get("enabled")), texts(told.get("disabled")), texts(told.get("declined")));
    }

    /** {@return the engines that sync with this Firefox unless somebody moves a switch} */
    Set<String> enabledAtFirst() {
        return enabledAtFirst;
    }

    /** Moves a switch, as the settings page does. One named {@code history} moves {@code forms} too. */
    void turn(String name, boolean on) {
        firefox.run("Services.prefs.setBoolPref(`services.sync.engine.${args[0]}`, args[1]);", name, on);
    }

    /** {@return the names of the account's other devices} */
    Set<String> otherDevices() {
        return texts(
                firefox.run("return firefox.Weave.Service.clientsEngine.remoteClients.map(client => client.name);"));
    }

    /**
     * Queues a command for all other devices, as Firefox does for itself; its next sync sends it.
     *
     * @param command for example {@code wipeEngine}
     * @param engine the name of the engine that is to do it
     */
    void command(String command, String engine) {
        firefox.run("await firefox.Weave.Service.clientsEngine.sendCommand(args[0], [args[1]]);", command, engine);
    }

    /** Gives this device another name. */
    void rename(String name) {
        firefox.run("firefox.fxAccounts.device.setLocalName(args[0]);", name);
    }

    /** Types a value into a field. */
    void type(String field, String value) {
        firefox.run(
                "await firefox.FormHistory.update([{ op: 'add', fieldname: args[0], value: args[1] }]);", field, value);
    }

    /** Types values into a field until one gets an id with a slash and a plus; the others are forgotten. */
    String typeUnderOddId(String field) {
        return firefox.script("odd-id", field).getAsString();
    }

    /** Forgets what was typed, as a person does who deletes a suggestion. */
    void forget(String field, String value) {
        firefox.run(
                "await firefox.FormHistory.update([{ op: 'remove', fieldname: args[0], value: args[1] }]);",
                field,
                value);
    }

    /**
     * What was typed into a field.
     *
     * @param field the field's name
     * @return the ids by value
     */
    Map<String, String> typed(String field) {
        Map<String, String> typed = new TreeMap<>();
        firefox.run(
                        "return (await firefox.FormHistory.search(['guid', 'value'], { fieldname: args[0] }))"
                                + ".map(entry => [entry.value, entry.guid]);",
                        field)
                .getAsJsonArray()
                .forEach(entry -> typed.put(
                        entry.getAsJsonArray().get(0).getAsString(),
                        entry.getAsJsonArray().get(1).getAsString()));
        return typed;
    }

    /** Fills it with bookmarks, history, passwords, tabs and an entry of form history. */
    void remember(AccountsStub pages) {
        firefox.script("remember", pages.address().toString());
    }

    /** {@return all that {@link #remember} put into it, in Firefox's own words} */
    JsonElement recall(boolean withTabs) {
        return firefox.script("recall", withTabs);
    }

    /**
     * Changes meta/global by Firefox's own means.
     *
     * @param change JavaScript that changes {@code meta}
     */
    void changeMetaGlobal(String change) {
        firefox.run(Firefox.source("change-meta").replace("/* CHANGE */", change));
    }

    /** Gives the account another default key and no other keys, by Firefox's own means; the data is not touched. */
    void rotateKeys() {
        firefox.script("rotate-keys");
    }

    /** Deletes a part of the storage, or all of it for an empty path. */
    void delete(String path) {
        firefox.run(
                "const { Service } = firefox.Weave;"
                        + "const resource = Service.resource((Service.storageURL + args[0]).replace(/\\/$/, ''));"
                        + "resource.setHeader('X-Confirm-Delete', '1');"
                        + "const answer = await resource.delete();"
                        + "if (!answer.success) { throw new Error(`DELETE was answered ${answer.status}`); }",
                path);
    }

    private static Set<String> texts(JsonElement list) {
        Set<String> texts = new TreeSet<>();
        list.getAsJsonArray().forEach(text -> texts.add(text.getAsString()));
        return texts;
    }

    @Override
    public void close() {
        firefox.close();
    }
}
