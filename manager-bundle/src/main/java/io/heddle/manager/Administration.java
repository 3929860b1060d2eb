// SPDX-License-Identifier: Apache-2.0
package io.heddle.manager;

import io.heddle.api.SyncAdministration;
import io.heddle.api.SyncResult;
import io.heddle.manager.engines.EngineRegistry;
import io.heddle.manager.failure.SyncException;
import io.heddle.manager.flow.SyncService;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the operator's word does to the manager.
 *
 * <p><b>Threading:</b> safe.
 */
final class Administration implements SyncAdministration {

    private final SyncService service;
    private final EngineRegistry registry;

    Administration(SyncService service, EngineRegistry registry) {
        this.service = service;
        this.registry = registry;
    }

    /** A change of the state, which may fail to be stored. */
    private interface Change {
        boolean make() throws SyncException;
    }

    @Override
    public SyncResult disconnect() {
        return service.disconnect();
    }

    @Override
    public void reset(Set<String> engines) {
        service.reset(engines);
    }

    @Override
    public void resetAll() {
        service.resetAll();
    }

    @Override
    public void restore(String engine) {
        service.restore(engine);
    }

    @Override
    public void grant(String name, String bundle) {
        stored(() -> {
            registry.grant(name, bundle);
            return true;
        });
    }

    @Override
    public boolean revoke(String name) {
        return stored(() -> registry.revoke(name, Optional.empty()));
    }

    @Override
    public boolean revoke(String name, String bundle) {
        return stored(() -> registry.revoke(name, Optional.of(bundle)));
    }

    @Override
    public Map<String, Set<String>> grants() {
        return registry.grants();
    }

    @Override
    public void trustFirstUse(boolean trusted) {
        stored(() -> {
            registry.trustFirstUse(trusted);
            return true;
        });
    }

    private static boolean stored(Change change) {
        try {
            return change.make();
        } catch (SyncException e) {
            throw new UncheckedIOException(e.getMessage(), new IOException(e));
        }
    }
}
