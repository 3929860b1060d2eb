// SPDX-License-Identifier: Apache-2.0
package io.heddle.engine.example.forms;

import io.heddle.engine.SyncEngineService;
import io.heddle.engine.record.RecordContext;
import io.heddle.engine.record.RecordEngine;
import io.heddle.engine.record.RecordSession;
import java.io.IOException;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The engine {@code forms}: form history in Firefox's format. The whole registration is these two annotations. */
@Component(service = RecordEngine.class)
@SyncEngineService(name = FormEngine.COLLECTION, collections = FormEngine.COLLECTION, version = 1)
public final class FormEngine implements RecordEngine {

    static final String COLLECTION = "forms";

    private final FormStore store;

    /**
     * Makes the engine of a store.
     *
     * @param store this device's form history
     */
    @Activate
    public FormEngine(@Reference FormStore store) {
        this.store = store;
    }

    @Override
    public RecordSession open(RecordContext context) {
        return new FormSession(store);
    }

    @Override
    public void reset() throws IOException {
        store.update(FormDocument::forgetServer);
    }

    @Override
    public void wipe() throws IOException {
        store.update(FormDocument::empty);
    }
}
