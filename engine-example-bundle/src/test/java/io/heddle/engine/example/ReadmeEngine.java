// SPDX-License-Identifier: Apache-2.0
package io.heddle.engine.example;

import static org.assertj.core.api.Assertions.assertThat;

import io.heddle.engine.record.RecordEngine;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Field;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** The engine of the README's first screen: its source, its compiler, and its service component runtime. */
final class ReadmeEngine {

    private static final String IMPORTS = """
            package io.heddle.engine.example;
            import io.heddle.engine.SyncEngineService;
            import io.heddle.engine.record.*;
            import java.util.*;
            import org.osgi.service.component.annotations.*;
            """;

    private ReadmeEngine() {}

    static String source() throws IOException {
        Matcher block = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL)
                .matcher(Files.readString(Path.of("..", "README.md")));
        assertThat(block.find()).as("a java block in the README").isTrue();
        return block.group(1);
    }

    /** {@return the compiler's errors} */
    static List<String> compile(String engine, Path classes) {
        DiagnosticCollector<JavaFileObject> found = new DiagnosticCollector<>();
        JavaFileObject file =
                new SimpleJavaFileObject(
                        URI.create("string:///" + simpleName(engine) + ".java"), JavaFileObject.Kind.SOURCE) {
                    @Override
                    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                        return IMPORTS + engine;
                    }
                };
        List<String> options = List.of("-classpath", System.getProperty("java.class.path"), "-d", classes.toString());
        ToolProvider.getSystemJavaCompiler()
                .getTask(null, null, found, options, null, List.of(file))
                .call();
        return found.getDiagnostics().stream()
                .filter(diagnostic -> diagnostic.getKind() == Diagnostic.Kind.ERROR)
                .map(diagnostic -> diagnostic.getMessage(null))
                .toList();
    }

    /** Loads what was compiled into the store's own package, of which the store's methods are. */
    static Class<?> load(Path classes) throws IOException, IllegalAccessException {
        Path folder = classes.resolve(ReadmeEngine.class.getPackageName().replace('.', '/'));
        Class<?> engine = null;
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.sorted().toList()) {
                Class<?> loaded = MethodHandles.lookup().defineClass(Files.readAllBytes(file));
                engine = RecordEngine.class.isAssignableFrom(loaded) ? loaded : engine;
            }
        }
        return Objects.requireNonNull(engine, "the README's engine");
    }

    /** Does what Declarative Services does: makes the engine and sets its reference. */
    static RecordEngine make(Class<?> type, TodoStore store) {
        try {
            RecordEngine engine = (RecordEngine) type.getConstructor().newInstance();
            Field reference = type.getDeclaredField("store");
            reference.setAccessible(true);
            reference.set(engine, store);
            return engine;
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String simpleName(String engine) {
        return engine.replaceAll("(?s).*?class (\\w+).*", "$1");
    }
}
