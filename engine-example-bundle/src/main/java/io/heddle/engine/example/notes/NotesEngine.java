// SPDX-License-Identifier: Apache-2.0
package io.heddle.engine.example.notes;

import io.heddle.engine.SyncEngineService;
import io.heddle.engine.example.JsonFile;
import io.heddle.engine.example.notes.NotesSession.LeftOut;
import io.heddle.engine.example.notes.files.NotesFolder;
import io.heddle.engine.example.notes.files.Staging;
import io.heddle.engine.record.RecordContext;
import io.heddle.engine.record.RecordEngine;
import io.heddle.engine.record.RecordSession;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/**
 * The engine {@code notes}: keeps the files of a folder the same on all devices.
 *
 * <p>The folder is looked at when a sync begins; nothing watches it in between. A folder that is missing, or that lacks
 * its {@code .heddle/folder-id}, fails the sync: an unmounted disk must not look like a user who deleted everything. When
 * the folder is the same and empty, its notes were deleted.
 */
@Component(
        service = RecordEngine.class,
        configurationPid = NotesEngine.PID,
        configurationPolicy = ConfigurationPolicy.REQUIRE)
@SyncEngineService(
        name = NotesEngine.NOTES,
        collections = {NotesEngine.NOTES, NotesEngine.FILES},
        version = 1)
@Designate(ocd = NotesEngine.Settings.class)
public final class NotesEngine implements RecordEngine {

    /** The PID of its configuration. */
    public static final String PID = "io.heddle.engine.example.notes";

    static final String NOTES = "notes";
    static final String FILES = "notes-files";

    private static final DateTimeFormatter TRASH =
            DateTimeFormatter.ofPattern("'trash-'yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);

    /** The engine's configuration. */
    @ObjectClassDefinition(name = "Heddle example: notes")
    public @interface Settings {

        /**
         * Property {@code folder}.
         *
         * @return the path of the folder to keep the same
         */
        @AttributeDefinition(name = "Folder", description = "The folder whose files are the notes")
        String folder();

        /**
         * Property {@code state.file}.
         *
         * @return the path of the index; empty for a file in the bundle's data area, another for each folder
         */
        @AttributeDefinition(name = "State file", description = "A JSON file; empty: in the bundle's data area")
        String state_file() default "";
    }

    private final NotesFolder folder;
    private final JsonFile<NoteIndex> file;
    private final Staging staging;
    private final Clock clock;

    /**
     * Makes the engine as Declarative Services asks for it.
     *
     * @param context of this bundle
     * @param settings which folder
     * @throws IllegalArgumentException when no folder is configured, or the index would be one of the notes
     */
    @Activate
    public NotesEngine(BundleContext context, Settings settings) {
        this(new NotesFolder(folder(settings)), stateFile(context, settings), Clock.systemUTC());
    }

    /**
     * Makes the engine of a folder.
     *
     * @param folder the notes
     * @param stateFile the index, not in the folder
     * @param clock tells when files were looked at
     * @throws IllegalArgumentException when the index would be one of the notes
     */
    public NotesEngine(NotesFolder folder, Path stateFile, Clock clock) {
        if (stateFile.toAbsolutePath().normalize().startsWith(folder.root())) {
            throw new IllegalArgumentException("state.file must not be inside of the notes' folder");
        }
        this.folder = folder;
        this.file = new JsonFile<>(stateFile, NoteIndex.class);
        this.staging = new Staging(stateFile.resolveSibling(stateFile.getFileName() + ".staging"));
        this.clock = clock;
    }

    @Override
    public RecordSession open(RecordContext context) throws IOException {
        NoteIndex index = load();
        index.setFolderId(folder.open(index.findFolderId(), file.path()));
        staging.open(index.waiting().keySet());
        LeftOut leftOut = new LeftOut();
        FolderScan scan = new FolderScan(folder, index, leftOut, clock);
        scan.run();
        return new NotesSession(folder, file, index, staging, scan, leftOut, context);
    }

    @Override
    public void reset() throws IOException {
        NoteIndex index = load();
        index.forgetServer();
        staging.deleteAll();
        file.write(index);
    }

    /**
     * Moves all notes to {@code .heddle/trash-TIMESTAMP} in the folder, where a person may look for them or delete them.
     */
    @Override
    public void wipe() throws IOException {
        NoteIndex index = load();
        String id = folder.open(index.findFolderId(), file.path());
        NoteIndex empty = new NoteIndex();
        empty.setFolderId(id);
        staging.deleteAll();
        // The index first: files that vanish while it knows them would be taken for deleted, on all devices.
        file.write(empty);
        folder.trash(TRASH.format(clock.instant()));
    }

    private NoteIndex load() throws IOException {
        return file.read().orElseGet(NoteIndex::new);
    }

    private static Path folder(Settings settings) {
        if (settings.folder() == null || settings.folder().isBlank()) {
            throw new IllegalArgumentException("the configuration " + PID + " lacks the property folder");
        }
        return Path.of(settings.folder()).toAbsolutePath();
    }

    private static Path stateFile(BundleContext context, Settings settings) {
        if (!settings.state_file().isEmpty()) {
            return Path.of(settings.state_file());
        }
        byte[] path = folder(settings).toString().getBytes(StandardCharsets.UTF_8);
        String hash = HexFormat.of().formatHex(NotesFolder.newSha256().digest(path), 0, 6);
        return context.getDataFile("notes-" + hash + ".json").toPath();
    }
}
