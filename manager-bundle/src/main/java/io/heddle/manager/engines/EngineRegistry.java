// SPDX-License-Identifier: Apache-2.0
package io.heddle.manager.engines;

import io.heddle.api.EngineInfo;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * The engines that are here right now, and their runs.
 *
 * <p><b>Threading:</b> safe; no lock is held while an engine's code runs.
 */
public final class EngineRegistry {

    private final Duration stopTimeout;
    private final Map<Long, EngineOffer> offers = new TreeMap<>();
    private final Map<Long, EngineInfo> refused = new TreeMap<>();
    private final Map<Long, RunScope> runs = new HashMap<>();

    /**
     * Begins empty.
     *
     * @param stopTimeout how long a departing engine's run is waited for
     */
    public EngineRegistry(Duration stopTimeout) {
        this.stopTimeout = stopTimeout;
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
     * its end is waited for, unless the caller is that run's own thread.
     *
     * @param serviceId identifies the service
     */
    public void remove(long serviceId) {
        RunScope run;
        synchronized (this) {
            offers.remove(serviceId);
            refused.remove(serviceId);
            run = runs.get(serviceId);
        }
        if (run != null) {
            run.cancel();
            run.awaitEnd(stopTimeout);
        }
    }

    /**
     * The engines that may run: of those that clash by name or collection, the best one.
     *
     * @return in the order of their names
     */
    public synchronized List<EngineOffer> active() {
        List<EngineOffer> chosen = new ArrayList<>();
        offers.values().stream().sorted(EngineOffer.BEST_FIRST).forEach(offer -> {
            if (chosen.stream().noneMatch(offer::clashesWith)) {
                chosen.add(offer);
            }
        });
        chosen.sort(Comparator.comparing(EngineOffer::name));
        return chosen;
    }

    /**
     * All engines that were offered.
     *
     * @return in the order of their names, each refused one with the reason
     */
    public List<EngineInfo> describe() {
        List<EngineOffer> active = active();
        List<EngineInfo> all = new ArrayList<>();
        synchronized (this) {
            all.addAll(refused.values());
            for (EngineOffer offer : offers.values()) {
                all.add(
                        active.contains(offer)
                                ? offer.describe()
                                : offer.describe().refused("another engine has its name or a collection of it"));
            }
        }
        all.sort(Comparator.comparing(EngineInfo::name));
        return all;
    }

    /**
     * Notes that an engine begins to run.
     *
     * @param offer the engine
     * @param run its run
     * @return false when the engine has gone in the meantime: it must not run
     */
    synchronized boolean begin(EngineOffer offer, RunScope run) {
        if (offers.get(offer.serviceId()) != offer) {
            return false;
        }
        runs.put(offer.serviceId(), run);
        return true;
    }

    /** Tells whether a run that was given up still goes on: no engine is called twice at once. */
    synchronized boolean isRunning(EngineOffer offer) {
        return runs.containsKey(offer.serviceId());
    }

    /** Notes that an engine's run is over. */
    synchronized void end(EngineOffer offer, RunScope run) {
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
        List<RunScope> abandoned;
        synchronized (this) {
            abandoned = runs.values().stream().filter(RunScope::isAbandoned).toList();
        }
        abandoned.forEach(RunScope::cancel);
    }
}
