// SPDX-License-Identifier: Apache-2.0
package io.heddle.integration.ledger;

import io.heddle.engine.record.IncomingRecord;
import io.heddle.engine.record.OutgoingRecord;
import io.heddle.engine.record.SyncPoint;
import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** Lines of plain words by id, which of them are to be uploaded, and the sync point, in one file of properties. */
final class LedgerStore {

    private static final String TEXT = "text.";
    private static final String CHANGED = "changed.";
    private static final String POINT = "syncPoint";

    private final Path file;
    private final Properties properties = new Properties();

    LedgerStore(Path file) throws IOException {
        this.file = file;
        if (Files.exists(file)) {
            try (Reader in = Files.newBufferedReader(file)) {
                properties.load(in);
            }
        }
    }

    synchronized void add(String text) throws IOException {
        String id = UUID.randomUUID().toString().substring(24);
        properties.setProperty(TEXT + id, text);
        properties.setProperty(CHANGED + id, "true");
        write();
    }

    synchronized Collection<String> texts() {
        return ids(TEXT).stream().map(id -> properties.getProperty(TEXT + id)).toList();
    }

    synchronized Optional<SyncPoint> findSyncPoint() {
        return Optional.ofNullable(properties.getProperty(POINT)).map(SyncPoint::parse);
    }

    synchronized void merge(List<IncomingRecord> records, SyncPoint point) throws IOException {
        for (IncomingRecord record : records) {
            properties.remove(CHANGED + record.id());
            if (record.tombstone()) {
                properties.remove(TEXT + record.id());
            } else {
                properties.setProperty(TEXT + record.id(), textOf(record.json()));
            }
        }
        properties.setProperty(POINT, point.toString());
        write();
    }

    synchronized List<OutgoingRecord> changes(String collection) {
        return ids(CHANGED).stream()
                .map(id -> OutgoingRecord.of(
                        collection,
                        id,
                        "{\"id\":\"" + id + "\",\"text\":\"" + properties.getProperty(TEXT + id) + "\"}"))
                .toList();
    }

    synchronized void markUploaded(Set<String> ids, SyncPoint point) throws IOException {
        ids.forEach(id -> properties.remove(CHANGED + id));
        properties.setProperty(POINT, point.toString());
        write();
    }

    synchronized void forgetServer() throws IOException {
        properties.remove(POINT);
        ids(TEXT).forEach(id -> properties.setProperty(CHANGED + id, "true"));
        write();
    }

    synchronized void deleteAll() throws IOException {
        properties.clear();
        write();
    }

    private List<String> ids(String prefix) {
        return properties.stringPropertyNames().stream()
                .filter(name -> name.startsWith(prefix))
                .map(name -> name.substring(prefix.length()))
                .sorted()
                .collect(Collectors.toList());
    }

    private static String textOf(String json) {
        int start = json.indexOf("\"text\":\"") + 8;
        return json.substring(start, json.indexOf('"', start));
    }

    /** An interrupt, which ends a run at any moment, leaves the old file or the new one. */
    private void write() throws IOException {
        Path next = file.resolveSibling(file.getFileName() + ".next");
        try (Writer out = Files.newBufferedWriter(next)) {
            properties.store(out, null);
        }
        Files.move(next, file, StandardCopyOption.REPLACE_EXISTING);
    }
}
