// SPDX-License-Identifier: Apache-2.0
package io.heddle.api;

import java.util.Map;
import java.util.Set;
import org.osgi.annotation.versioning.ProviderType;

/**
 * What is rarely done to a device's sync, by the word of a person: an OSGi service beside {@link SyncManager}.
 *
 * <p><b>Threading:</b> every method may be called from any thread, but neither from within an engine's run nor a listener.
 */
@ProviderType
public interface SyncAdministration {

    /**
     * Takes this device off the account: stops a running sync, removes this device's record from the server, resets every
     * engine here, and forgets the account and its keys. The data of the engines stays, here and on the server; a later
     * sync is that of a new device.
     *
     * <p>It is to be called while the application still has the account: without it the server can't be reached. The
     * local part is done in any case.
     *
     * @return OK, with a message when the server's part could not be done; {@code ENGINES_FAILED} when an engine could not
     *     be reset, which is then done before its next sync; {@code LOCAL_ERROR} when this device's state could not be kept
     * @throws IllegalStateException when called from within an engine's run or a listener
     */
    SyncResult disconnect();

    /**
     * Has engines forget what the server holds, and keep their local data: their next sync is like a first one. It is
     * done before that next sync, and remembered until then, over a restart too.
     *
     * @param engines names of engines, installed here or not
     * @throws IllegalArgumentException when one of them can't be an engine's name
     */
    void reset(Set<String> engines);

    /** The same for every engine that is here, or that has synced here before. */
    void resetAll();

    /**
     * Has what this device holds of an engine replace what the server and all other devices hold. It is done with the next
     * sync in which the engine runs, and remembered until then, over a restart too: the engine's collections are deleted on
     * the server, the engine uploads all that it has, and only when that went well the other devices are told to delete
     * theirs and take this device's ({@code wipeEngine}). Records that the engine's outcome names as left out do not hold
     * that up: no other device has them after it. When it breaks off anywhere, the others keep what they have, and the next
     * sync goes on; once the collections are deleted, it does not delete them again, and what another device has uploaded
     * since is merged. A {@code wipeEngine} of another device that comes meanwhile is dropped for that engine. Asked for
     * again while it is under way, it begins anew. An engine that has nothing to upload replaces nothing: what the server
     * had is deleted, and the other devices keep theirs.
     *
     * @param engine an engine's name
     * @throws IllegalArgumentException when no engine can have that name
     * @throws IllegalStateException naming the engine when it is not active here or has never synced with this account
     *     here; before the first sync of an account; from within an engine's run or a listener
     * @throws java.io.UncheckedIOException when that could not be stored; nothing will be replaced then
     */
    void restore(String engine);

    /**
     * Lets a bundle serve a collection, or bear an engine's name, and no other bundle: one that did loses it at once, and a
     * running engine of it is cancelled. An engine that is registered already and now has all that it claims takes part in
     * the next sync, or in the one that runs.
     *
     * <p>Grants belong to this device, not to an account: they say whose code is trusted here. Without the operator's word
     * a collection goes to the first bundle whose engine is accepted for it, but for {@code passwords},
     * {@code creditcards} and {@code addresses}.
     *
     * @param name a collection or an engine, in any case; or {@code default-key}, the right to be handed, as a
     *     {@code SyncEngine}, the key that all collections of an account share, which several bundles may have
     * @param bundle a symbolic name; the bundle need not be installed
     * @throws IllegalArgumentException when the name is {@code meta}, {@code crypto} or {@code clients}, or either can't be
     *     such a name
     * @throws java.io.UncheckedIOException when that could not be stored; nothing has changed then
     */
    void grant(String name, String bundle);

    /**
     * Takes a collection, an engine's name or {@code default-key} from every bundle. From then on it needs the operator's
     * grant, whoever claims it, those that nobody has claimed yet too. What runs by that grant is cancelled before this
     * returns.
     *
     * @param name as above
     * @return whether that changed anything
     * @throws IllegalArgumentException as above
     * @throws java.io.UncheckedIOException as above
     */
    boolean revoke(String name);

    /**
     * The same, if that bundle has it.
     *
     * @param name as above
     * @param bundle a symbolic name
     * @return whether that changed anything
     * @throws IllegalArgumentException as above
     * @throws java.io.UncheckedIOException as above
     */
    boolean revoke(String name, String bundle);

    /**
     * All grants, the operator's and those of first use.
     *
     * @return names as above, in lower case, to the symbolic names of their bundles; to none for what was revoked
     */
    Map<String, Set<String>> grants();

    /**
     * Tells whether a collection that was never claimed goes to the first bundle whose engine is accepted for it, as it does
     * by default. It no longer does either after a state that could not be read was set aside: who had been trusted is not
     * known any more, and the operator grants anew.
     *
     * @param trusted whether
     * @throws java.io.UncheckedIOException as above
     */
    void trustFirstUse(boolean trusted);
}
