// SPDX-License-Identifier: Apache-2.0
package io.heddle.engine.example.notes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.heddle.engine.example.notes.files.NotesFolder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a server, or another device, may try. Nothing leaves the folder, and good notes go on. */
class NotesHostileTest extends NotesTestBase {

    static Stream<String> hostilePaths() {
        return Stream.of(
                "",
                "/",
                "/etc/passwd",
                "//server/share",
                "..",
                "../evil.md",
                "a/../../evil.md",
                "a/../evil.md",
                "a/..",
                ".",
                "./evil.md",
                "a/./evil.md",
                "a//evil.md",
                "a/",
                "evil.md/",
                "\0",
                "evil\0.md",
                "evil\n.md",
                "evil\u007f.md",
                "..\\evil.md",
                "a\\..\\..\\evil.md",
                "\\\\server\\share\\evil.md",
                "C:/evil.md",
                "c:evil.md",
                ".hidden",
                "a/.hidden/evil.md",
                ".heddle/folder-id",
                ".HEDDLE/folder-id",
                ".heddle/trash-1/evil.md",
                "heddle~1/folder-id",
                "\u200c.heddle/folder-id",
                "~$evil.md",
                "evil.md~",
                "evil.TMP",
                "con",
                "NUL.md",
                "a/Aux.txt",
                "com1",
                "LPT\u00b9.md",
                "nul .md",
                "evil.",
                "evil ",
                "a./evil.md",
                "a /evil.md",
                "...",
                "\ud800evil.md",
                "x".repeat(256),
                "\u00fc".repeat(128),
                "x/".repeat(600) + "evil.md",
                "link/evil.md",
                "link",
                "link-file.md",
                "a/link/evil.md");
    }

    @ParameterizedTest
    @MethodSource("hostilePaths")
    void badPathIsRefusedAndLeftOnTheServer(String path) throws Exception {
        Path outside = Files.createDirectories(home.resolve("laptop/outside"));
        Files.writeString(outside.resolve("victim.md"), "untouched");
        laptop.write("a/Brot.md", "one");
        Files.createSymbolicLink(laptop.folder().resolve("link"), outside);
        Files.createSymbolicLink(laptop.folder().resolve("a/link"), outside);
        Files.createSymbolicLink(laptop.folder().resolve("link-file.md"), outside.resolve("victim.md"));
        List<String> before = tree();
        put("evilevilevil", path, "evil");
        put("goodgoodgood", "good.md", "good");
        laptop.sync();
        assertThat(laptop.index().refused()).containsExactly("evilevilevil");
        assertThat(server.liveIds("notes")).contains("evilevilevil", "goodgoodgood");
        assertThat(laptop.read("good.md")).isEqualTo("good");
        Files.delete(laptop.folder().resolve("good.md"));
        assertThat(tree()).isEqualTo(before);
        assertThat(outside.resolve("victim.md")).hasContent("untouched");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[]",
                "null",
                "no json",
                "{\"id\":\"evilevilevil\",\"path\":\"a.md\"}",
                "{\"id\":\"evilevilevil\",\"path\":{},\"sha256\":\"\",\"modified\":1,\"text\":\"\"}",
                "{\"id\":\"evilevilevil\",\"path\":\"a.md\",\"sha256\":\"HASH\",\"modified\":\"soon\",\"text\":\"evil\"}",
                "{\"id\":\"evilevilevil\",\"path\":\"a.md\",\"sha256\":\"../../x\",\"modified\":1,\"text\":\"evil\"}",
                "{\"id\":\"evilevilevil\",\"path\":\"a.md\",\"sha256\":\"HASH\",\"modified\":1,\"text\":\"other\"}",
                "{\"id\":\"evilevilevil\",\"path\":\"a.md\",\"sha256\":\"HASH\",\"modified\":1,\"size\":1,"
                        + "\"chunkBytes\":0,\"salt\":\"\",\"chunks\":[\"x\"]}",
                "{\"id\":\"evilevilevil\",\"path\":\"a.md\",\"sha256\":\"HASH\",\"modified\":1,\"size\":9e99,"
                        + "\"chunkBytes\":1,\"salt\":\"\",\"chunks\":[]}",
                "{\"id\":\"evilevilevil\",\"path\":\"a.md\",\"sha256\":\"HASH\",\"modified\":1,\"size\":2,"
                        + "\"chunkBytes\":1,\"salt\":\"\",\"chunks\":[\"x\",{}]}",
                "{\"id\":\"evilevilevil\",\"path\":\"a.md\",\"sha256\":\"HASH\",\"modified\":1,\"size\":2,"
                        + "\"chunkBytes\":1,\"salt\":\"\",\"chunks\":{}}"
            })
    void malformedNoteIsRefusedAndLeftOnTheServer(String json) throws Exception {
        server.put("notes", "evilevilevil", json.replace("HASH", sha256("evil")));
        put("goodgoodgood", "good.md", "good");
        laptop.sync();
        assertThat(laptop.index().refused()).containsExactly("evilevilevil");
        assertThat(laptop.files()).containsExactly(entry("good.md", "good"));
        assertThat(server.liveIds("notes")).contains("evilevilevil");
    }

    @Test
    void knownNoteThatMovesToABadPathStaysWhereItIsAndIsNotUploadedOver() throws Exception {
        put("evilevilevil", "Brot.md", "one");
        laptop.sync();
        put("evilevilevil", "../Brot.md", "two");
        laptop.write("Brot.md", "edited");
        laptop.sync();
        assertThat(laptop.files()).containsExactly(entry("Brot.md", "edited"));
        assertThat(laptop.manager().sent()).isEmpty();
        put("evilevilevil", "Brot.md", "three");
        laptop.sync();
        assertThat(laptop.files())
                .containsExactly(entry("Brot (conflict, laptop).md", "edited"), entry("Brot.md", "three"));
    }

    @Test
    void malformedPieceIsLeftAlone() throws Exception {
        server.put("notes-files", "../../../evil", "{\"id\":\"../../../evil\",\"note\":\"../x\",\"data\":\"AAAA\"}");
        server.put("notes-files", "b", "{\"id\":\"b\",\"note\":\"x\",\"data\":\"%%%\"}");
        server.put("notes-files", "c", "[]");
        put("goodgoodgood", "good.md", "good");
        laptop.sync();
        assertThat(laptop.files()).containsExactly(entry("good.md", "good"));
        assertThat(home.resolve("laptop").resolve("evil")).doesNotExist();
        try (Stream<Path> all = Files.walk(home)) {
            assertThat(all.map(file -> file.getFileName().toString())).doesNotContain("evil", "x");
        }
    }

    @Test
    void absurdTimesAreBorne() throws Exception {
        JsonObject json = note("aaaaaaaaaaaa", "a.md", "text");
        json.addProperty("modified", Long.MAX_VALUE);
        server.put("notes", "aaaaaaaaaaaa", json.toString());
        json = note("bbbbbbbbbbbb", "b.md", "text b");
        json.addProperty("modified", Long.MIN_VALUE);
        server.put("notes", "bbbbbbbbbbbb", json.toString());
        laptop.sync();
        assertThat(laptop.files()).containsOnlyKeys("a.md", "b.md");
        laptop.sync();
        assertThat(laptop.manager().sent()).isEmpty();
    }

    @Test
    void linksInTheFolderAreNeitherFollowedNorTakenForDeletions() throws Exception {
        laptop.write("Brot.md", "one");
        syncBoth();
        Files.move(laptop.folder().resolve("Brot.md"), home.resolve("Brot.md"));
        Files.createSymbolicLink(laptop.folder().resolve("Brot.md"), home.resolve("Brot.md"));
        Files.createSymbolicLink(laptop.folder().resolve("loop"), laptop.folder());
        laptop.sync();
        assertThat(laptop.manager().sent()).isEmpty();
        phone.write("Brot.md", "two");
        phone.sync();
        laptop.sync();
        assertThat(home.resolve("Brot.md")).hasContent("one");
    }

    private void put(String id, String path, String text) throws IOException {
        server.put("notes", id, note(id, path, text).toString());
    }

    private static JsonObject note(String id, String path, String text) {
        NoteVersion version = NoteVersion.ofText(path, sha256(text), 4, 1_795_398_488_940L);
        return JsonParser.parseString(NoteCodec.renderNote(id, version, java.util.Optional.of(text)))
                .getAsJsonObject();
    }

    private static String sha256(String text) {
        return HexFormat.of().formatHex(NotesFolder.newSha256().digest(text.getBytes(StandardCharsets.UTF_8)));
    }

    private List<String> tree() throws IOException {
        try (Stream<Path> tree = Files.walk(home)) {
            return tree.map(path -> home.relativize(path).toString())
                    .filter(path -> !path.contains("/state") && !path.contains(".heddle"))
                    .sorted()
                    .toList();
        }
    }
}
