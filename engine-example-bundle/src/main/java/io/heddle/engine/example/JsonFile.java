// SPDX-License-Identifier: Apache-2.0
package io.heddle.engine.example;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonParseException;
import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A document kept as one JSON file, which after a crash or a power failure holds either the old or the new document.
 *
 * <p><b>Threading:</b> not safe; its owner lets one thread in at a time.
 *
 * @param <T> the document's type, which Gson reads and writes by its fields
 */
public final class JsonFile<T> {

    private static final Logger LOG = LoggerFactory.getLogger(JsonFile.class);
    private static final Gson GSON =
            new GsonBuilder().disableHtmlEscaping().setPrettyPrinting().create();

    private final Path file;
    private final Class<T> type;

    /**
     * Names the file; nothing is read yet.
     *
     * @param file where the document is; its folder is made with the first {@link #write}
     * @param type the document's type
     */
    public JsonFile(Path file, Class<T> type) {
        this.file = file.toAbsolutePath();
        this.type = type;
    }

    /** {@return where the document is} */
    public Path path() {
        return file;
    }

    /**
     * Reads the document. One that can't be understood is set aside under the name {@code FILE.corrupt}, not deleted.
     *
     * @return the document; empty when there is none yet, or when it was set aside
     * @throws IOException when the file can't be read
     */
    public Optional<T> read() throws IOException {
        try (Reader reader = Files.newBufferedReader(file)) {
            return Optional.ofNullable(GSON.fromJson(reader, type));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (JsonParseException | java.nio.charset.CharacterCodingException e) {
            Path aside = file.resolveSibling(file.getFileName() + ".corrupt");
            Files.move(file, aside, StandardCopyOption.REPLACE_EXISTING);
            LOG.warn("{} was damaged and is set aside as {}; the next sync is like a first one", file, aside);
            return Optional.empty();
        }
    }

    /**
     * Replaces the document: temporary file, fsync, rename.
     *
     * @param document what to keep
     * @throws IOException when that failed; the old document stands
     */
    public void write(T document) throws IOException {
        Files.createDirectories(file.getParent());
        Path temporary = file.resolveSibling(file.getFileName() + ".tmp");
        try (FileChannel channel = FileChannel.open(
                temporary, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            Writer writer = Channels.newWriter(channel, StandardCharsets.UTF_8);
            GSON.toJson(document, writer);
            writer.flush();
            channel.force(true);
        }
        Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        forceFolder();
    }

    private void forceFolder() {
        try (FileChannel folder = FileChannel.open(file.getParent(), StandardOpenOption.READ)) {
            folder.force(true);
        } catch (IOException e) {
            LOG.debug("this system can't fsync a folder: {}", e.toString());
        }
    }
}
