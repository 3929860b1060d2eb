// SPDX-License-Identifier: Apache-2.0
package io.heddle.manager.engines;

import io.heddle.api.EngineInfo;
import io.heddle.manager.reconcile.EngineSpec;
import java.util.Comparator;
import java.util.Objects;

/**
 * An engine service that was offered to the manager.
 *
 * @param serviceId identifies the offer
 * @param spec what its properties say
 * @param bundle the symbolic name of the bundle that offers it
 * @param ranking decides between two engines for one collection
 * @param source where the engine object comes from
 */
public record EngineOffer(long serviceId, EngineSpec spec, String bundle, int ranking, Source source) {

    /** The better offer first: the higher ranking, then the older service. */
    static final Comparator<EngineOffer> BEST_FIRST =
            Comparator.comparingInt(EngineOffer::ranking).reversed().thenComparingLong(EngineOffer::serviceId);

    /** Gets the engine object for a run, and gives it back. */
    public interface Source {

        /**
         * Gets the object.
         *
         * @return a RecordEngine or a SyncEngine; null when it went away
         */
        Object acquire();

        /** Gives the object back. */
        void release();
    }

    /** Checks that nothing is missing. */
    public EngineOffer {
        Objects.requireNonNull(spec, "spec");
        Objects.requireNonNull(bundle, "bundle");
        Objects.requireNonNull(source, "source");
    }

    /** {@return the engine's name} */
    public String name() {
        return spec.name();
    }

    EngineInfo describe() {
        return new EngineInfo(spec.name(), spec.collections(), spec.version(), spec.group(), bundle);
    }
}
