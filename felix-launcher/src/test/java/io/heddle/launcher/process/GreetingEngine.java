// SPDX-License-Identifier: Apache-2.0
package io.heddle.launcher.process;

import io.heddle.engine.SyncEngineService;
import io.heddle.engine.record.IncomingRecord;
import io.heddle.engine.record.OutgoingRecord;
import io.heddle.engine.record.RecordContext;
import io.heddle.engine.record.RecordEngine;
import io.heddle.engine.record.RecordSession;
import io.heddle.engine.record.SyncPoint;
import io.heddle.engine.record.UploadedBatch;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Hashtable;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;

/** An engine in a bundle of its own, with nothing to sync. */
public final class GreetingEngine implements BundleActivator, RecordEngine, RecordSession {

    /** Writes the engine's bundle. */
    static void writeBundle(Path jar) throws IOException {
        Manifest manifest = new Manifest();
        Attributes headers = manifest.getMainAttributes();
        headers.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        headers.putValue("Bundle-ManifestVersion", "2");
        headers.putValue("Bundle-SymbolicName", "greeting");
        headers.putValue("Bundle-Activator", GreetingEngine.class.getName());
        headers.putValue(
                "Import-Package",
                "org.osgi.framework,io.heddle.engine;version=\"[1.0,2)\",io.heddle.engine.record;version=\"[1.0,1.1)\"");
        String entry = GreetingEngine.class.getName().replace('.', '/') + ".class";
        Path complete = jar.resolveSibling(jar.getFileName() + ".new");
        try (OutputStream file = Files.newOutputStream(complete);
                JarOutputStream out = new JarOutputStream(file, manifest);
                InputStream code = GreetingEngine.class.getClassLoader().getResourceAsStream(entry)) {
            out.putNextEntry(new JarEntry(entry));
            code.transferTo(out);
        }
        Files.move(complete, jar);
    }

    @Override
    public void start(BundleContext context) {
        Hashtable<String, Object> properties = new Hashtable<>();
        properties.put(SyncEngineService.NAME, "greetings");
        properties.put(SyncEngineService.COLLECTIONS, new String[] {"greetings"});
        context.registerService(RecordEngine.class, this, properties);
    }

    @Override
    public void stop(BundleContext context) {}

    @Override
    public RecordSession open(RecordContext context) {
        return this;
    }

    @Override
    public void reset() {}

    @Override
    public void wipe() {}

    @Override
    public Optional<SyncPoint> findSyncPoint(String collection) {
        return Optional.empty();
    }

    @Override
    public void stage(IncomingRecord record) {}

    @Override
    public Iterator<OutgoingRecord> apply(Map<String, SyncPoint> fetched) {
        return Collections.emptyIterator();
    }

    @Override
    public void uploaded(UploadedBatch batch) {}
}
