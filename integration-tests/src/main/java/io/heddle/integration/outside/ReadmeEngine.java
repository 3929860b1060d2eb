// SPDX-License-Identifier: Apache-2.0
package io.heddle.integration.outside;

import aQute.bnd.osgi.Builder;
import aQute.bnd.osgi.EmbeddedResource;
import aQute.bnd.osgi.Jar;
import io.heddle.engine.SyncEngineService;
import io.heddle.engine.example.TodoStore;
import io.heddle.integration.bench.TestBench;
import io.heddle.integration.todo.StoreActivator;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;

/**
 * The engine of the README's first screen as a bundle: its code block, compiled as it stands there, and what bnd makes of its
 * annotations. Only the package and the imports are added, and the storage that it asks for.
 */
public final class ReadmeEngine {

    /** The bundle's symbolic name. */
    public static final String BUNDLE = "io.heddle.integration.readme";

    private static final String IMPORTS = """
            package io.heddle.engine.example;
            import io.heddle.engine.SyncEngineService;
            import io.heddle.engine.record.*;
            import java.util.*;
            import org.osgi.service.component.annotations.*;
            """;

    private ReadmeEngine() {}

    /**
     * Compiles and packs it.
     *
     * @param bench what it is for
     * @return the jar
     */
    public static Path pack(TestBench bench) {
        Path classes = bench.folder().resolve("readme-classes");
        Path jar = bench.folder().resolve("readme.jar");
        try (Builder bnd = new Builder();
                Jar content = new Jar("readme")) {
            compile(IMPORTS + javaBlock(Files.readString(Path.of("..", "README.md"))), classes);
            putClasses(content, classes, "");
            // The storage is in the engine's package: its methods are for nobody else.
            putClasses(content, placeOf(TodoStore.class), "io/heddle/engine/example/(TodoStore|RecordIds|JsonFile)");
            putClasses(content, placeOf(StoreActivator.class), "io/heddle/integration/todo/StoreActivator");
            bnd.setJar(content);
            bnd.addClasspath(placeOf(SyncEngineService.class).toFile());
            bnd.setBundleSymbolicName(BUNDLE);
            bnd.setBundleActivator(StoreActivator.class.getName());
            content.setManifest(bnd.calcManifest());
            content.write(jar.toFile());
            if (!bnd.getErrors().isEmpty()) {
                throw new IllegalStateException("bnd: " + bnd.getErrors());
            }
            return jar;
        } catch (Exception e) {
            throw new IllegalStateException("the README's engine can't be packed", e);
        }
    }

    private static String javaBlock(String markdown) {
        Matcher block = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL).matcher(markdown);
        if (!block.find()) {
            throw new IllegalStateException("the README holds no java block");
        }
        return block.group(1);
    }

    private static void compile(String source, Path classes) throws IOException {
        String name = source.replaceAll("(?s).*?class (\\w+).*", "$1");
        Path file = Files.createDirectories(classes).resolveSibling(name + ".java");
        Files.writeString(file, source);
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        String classPath = System.getProperty("java.class.path");
        List<String> options = List.of("--release", "17", "-classpath", classPath, "-d", classes.toString());
        try (var files = compiler.getStandardFileManager(null, null, null)) {
            boolean done = compiler.getTask(null, files, null, options, null, files.getJavaFileObjects(file))
                    .call();
            if (!done) {
                throw new IllegalStateException("the README's engine does not compile");
            }
        }
    }

    /** Classes of a folder or jar whose path begins like that, the nested ones of such a class included. */
    private static void putClasses(Jar content, Path place, String paths) throws Exception {
        Pattern wanted = Pattern.compile(paths.isEmpty() ? ".*\\.class" : paths + "(\\$.*)?\\.class");
        File file = place.toFile();
        try (Jar source = new Jar(file)) {
            List<String> chosen = Stream.of(source.getResources().keySet().toArray(String[]::new))
                    .filter(path -> wanted.matcher(path).matches())
                    .toList();
            for (String path : chosen) {
                byte[] bytes = source.getResource(path).buffer().array();
                content.putResource(path, new EmbeddedResource(bytes, 0));
            }
        }
    }

    private static Path placeOf(Class<?> type) throws URISyntaxException {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    }
}
