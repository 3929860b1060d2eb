// SPDX-License-Identifier: Apache-2.0
package io.heddle.manager.engines;

import io.heddle.api.EngineInfo;
import io.heddle.manager.failure.SyncException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The engines that are here right now, which of them may run, and their runs.
 *
 * <p><b>Threading:</b> safe; no lock is held while an engine's code runs, or while the state is stored.
 */
public final class EngineRegistry {

    private static final Logger LOG = LoggerFactory.getLogger(EngineRegistry.class);

    /** So many engines of one bundle are looked at; whoever registers more has made a mistake, or means harm. */
    private static final int ENGINES_OF_A_BUNDLE = 64;

    private final Duration stopTimeout;
    private final Map<Long, EngineOffer> offers = new TreeMap<>();
    private final Map<Long, EngineInfo> refused = new TreeMap<>();
    private final Map<Long, EngineRun> runs = new HashMap<>();
    private final Map<Long, String> reasonsTold = new HashMap<>();
    private volatile EngineGrants grants;

    /**
     * Begins empty; no engine may run before {@link #guardWith(EngineGrants)}.
     *
     * @param stopTimeout how long a departing engine's run is waited for
     */
    public EngineRegistry(Duration stopTimeout) {
        this.stopTimeout = stopTimeout;
    }

    /**
     * From now on engines may run that are granted what they claim.
     *
     * @param newGrants decide that
     */
    public void guardWith(EngineGrants newGrants) {
        grants = newGrants;
    }

    /**
     * Tells whether another engine of a bundle will be looked at.
     *
     * @param bundle its symbolic name
     * @return false when it has registered too many already
     */
    public synchronized boolean hasRoomFor(String bundle) {
        long ofBundle = offers.values().stream()
                        .filter(offer -> offer.bundle().equals(bundle))
                        .count()
                + refused.values().stream()
                        .filter(engine -> engine.bundle().equals(bundle))
                        .count();
        return ofBundle < ENGINES_OF_A_BUNDLE;
    }

    /**
     * Takes an engine in.
     *
     * @param offer the engine
     */
    public synchronized void add(EngineOffer offer) {
        offers.put(offer.serviceId(), offer);
    }

    /**
     * Notes an engine that can't be taken in, for the status.
     *
     * @param serviceId identifies the service
     * @param engine its description with the refusal
     */
    public synchronized void refuse(long serviceId, EngineInfo engine) {
        refused.put(serviceId, engine);
    }

    /**
     * Lets an engine go. When it runs, its run is cancelled, its keys are destroyed and its storage token is revoked; then
     * its end is waited for, as long as a cancelled engine is given, unless the caller is that run's own thread.
     *
     * @param serviceId identifies the service
     */
    public void remove(long serviceId) {
        EngineRun run;
        synchronized (this) {
            offers.remove(serviceId);
            refused.remove(serviceId);
            reasonsTold.remove(serviceId);
            run = runs.get(serviceId);
        }
        if (run != null) {
            run.cancel();
            // One that was given up has had its time.
            run.awaitEnd(run.isAbandoned() ? Duration.ZERO : stopTimeout);
        }
    }

    /**
     * The engines that may run: those that are granted what they claim, and of those that clash by name or collection the
     * one that was granted before, then the best one. A name that nobody held is granted by this.
     *
     * @return in the order of their names
     */
    public List<EngineOffer> active() {
        return choose().chosen();
    }

    /**
     * All engines that were offered.
     *
     * @return in the order of their names, each refused one with the reason
     */
    public List<EngineInfo> describe() {
        EngineChoice choice = choose();
        List<EngineInfo> all = new ArrayList<>();
        synchronized (this) {
            all.addAll(refused.values());
            for (EngineOffer offer : offers.values()) {
                if (choice.chosen().contains(offer)) {
                    all.add(offer.describe());
                } else {
                    String reason = choice.reasons().getOrDefault(offer.serviceId(), "it has only just come");
                    all.add(offer.describe().refused(reason));
                }
            }
        }
        all.sort(Comparator.comparing(EngineInfo::name));
        return all;
    }

    private EngineChoice choose() {
        EngineGrants judge = grants;
        List<EngineOffer> all;
        synchronized (this) {
            all = List.copyOf(offers.values());
        }
        EngineChoice choice = judge == null ? EngineChoice.NONE : EngineChoice.of(all, judge);
        warnOfNew(all, choice.reasons());
        return choice;
    }

    /** Each reason is worth one line in the log, not one at each look. */
    private void warnOfNew(List<EngineOffer> all, Map<Long, String> reasons) {
        for (EngineOffer offer : all) {
            String reason = reasons.get(offer.serviceId());
            boolean isNew;
            synchronized (this) {
                String before = reason == null || !offers.containsKey(offer.serviceId())
                        ? reasonsTold.remove(offer.serviceId())
                        : reasonsTold.put(offer.serviceId(), reason);
                isNew = reason != null && !reason.equals(before);
            }
            if (isNew) {
                LOG.warn("engine {} of bundle {} may not run: {}", offer.name(), offer.bundle(), reason);
            }
        }
    }

    /**
     * The operator lets a bundle serve a collection or bear an engine's name, and no other bundle.
     *
     * @param name of a collection or an engine, or {@link EngineGrants#DEFAULT_KEY}
     * @param bundle a symbolic name
     * @throws SyncException when that could not be stored
     * @throws IllegalArgumentException when nobody can be granted that
     */
    public void grant(String name, String bundle) throws SyncException {
        grants.grant(name, bundle);
        cancelThoseWithoutGrant();
    }

    /**
     * The operator takes a grant back; a run that relies on it is cancelled before this returns.
     *
     * @param name of a collection or an engine, or {@link EngineGrants#DEFAULT_KEY}
     * @param bundle the symbolic name; empty for whoever holds it, or may come to
     * @return whether that changed anything
     * @throws SyncException when that could not be stored
     * @throws IllegalArgumentException when nobody can be granted that
     */
    public boolean revoke(String name, Optional<String> bundle) throws SyncException {
        Set<String> keyHolders = grants.all().getOrDefault(EngineGrants.DEFAULT_KEY, Set.of());
        boolean changed = grants.revoke(name, bundle);
        Set<String> keyHoldersLeft = grants.all().getOrDefault(EngineGrants.DEFAULT_KEY, Set.of());
        cancel(offer -> keyHolders.contains(offer.bundle()) && !keyHoldersLeft.contains(offer.bundle()));
        cancelThoseWithoutGrant();
        return changed;
    }

    /**
     * Tells whether a name that nobody holds goes to the first engine that claims it.
     *
     * @param trusted whether
     * @throws SyncException when that could not be stored
     */
    public void trustFirstUse(boolean trusted) throws SyncException {
        grants.trustFirstUse(trusted);
    }

    /**
     * All grants.
     *
     * @return names of collections and engines to the symbolic names of their bundles; to none where the operator took it
     *     from everybody
     */
    public Map<String, Set<String>> grants() {
        return grants.all();
    }

    /**
     * Tells why an engine may not run any more, though it was chosen.
     *
     * @param offer the engine
     * @return why not, when that is so
     */
    public Optional<String> findGrantRefusal(EngineOffer offer) {
        return grants.findRefusal(offer);
    }

    /**
     * Tells why a raw engine may not be handed the keys of its collections.
     *
     * @param offer the engine
     * @param keys of the account
     * @return why not, when that is so
     * @throws SyncException when crypto/keys can't be had or opened
     */
    public Optional<String> findKeyRefusal(EngineOffer offer, EngineKeys keys) throws SyncException {
        return grants.findKeyRefusal(offer, keys);
    }

    private void cancelThoseWithoutGrant() {
        List<EngineOffer> allowed = active();
        cancel(offer -> !allowed.contains(offer));
    }

    private void cancel(Predicate<EngineOffer> which) {
        List<EngineRun> affected = new ArrayList<>();
        synchronized (this) {
            offers.values().stream()
                    .filter(offer -> runs.containsKey(offer.serviceId()) && which.test(offer))
                    .forEach(offer -> affected.add(runs.get(offer.serviceId())));
        }
        affected.forEach(EngineRun::cancel);
        affected.forEach(run -> run.awaitEnd(stopTimeout));
    }

    /**
     * Notes that an engine begins to run.
     *
     * @param offer the engine
     * @param run its run
     * @return false when the engine has gone in the meantime: it must not run
     */
    public synchronized boolean begin(EngineOffer offer, EngineRun run) {
        if (offers.get(offer.serviceId()) != offer) {
            return false;
        }
        runs.put(offer.serviceId(), run);
        return true;
    }

    /**
     * Tells whether a run that was given up still goes on: no engine is called twice at once.
     *
     * @param offer the engine
     * @return whether it must not begin now
     */
    public synchronized boolean isRunning(EngineOffer offer) {
        return runs.containsKey(offer.serviceId());
    }

    /**
     * Notes that an engine's run is over.
     *
     * @param offer the engine
     * @param run its run
     */
    public synchronized void end(EngineOffer offer, EngineRun run) {
        runs.remove(offer.serviceId(), run);
        notifyAll();
    }

    /**
     * Tells whether engines of a bundle may begin: not when too many runs of its engines were given up and still go on.
     *
     * @param bundle the bundle's symbolic name
     * @param limit with how many of them no other begins
     * @return why none of them may, when that is so
     */
    public synchronized Optional<String> findRefusal(String bundle, int limit) {
        long abandoned = runs.values().stream()
                .filter(run -> run.isAbandoned() && run.engine().bundle().equals(bundle))
                .count();
        return abandoned < limit
                ? Optional.empty()
                : Optional.of(abandoned + " runs of engines of bundle " + bundle + " were given up and do not end");
    }

    /**
     * Waits until nothing runs any more, runs that were given up included.
     *
     * @param timeout how long at most
     * @return whether nothing runs; false too when interrupted
     */
    public synchronized boolean awaitNoRuns(Duration timeout) {
        long end = System.nanoTime() + timeout.toNanos();
        try {
            while (!runs.isEmpty() && end - System.nanoTime() > 0) {
                wait(TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime()) + 1);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return runs.isEmpty();
    }

    /** Interrupts once more what was given up and still goes on, without waiting. */
    public void interruptAbandoned() {
        List<EngineRun> abandoned;
        synchronized (this) {
            abandoned = runs.values().stream().filter(EngineRun::isAbandoned).toList();
        }
        abandoned.forEach(EngineRun::cancel);
    }
}
