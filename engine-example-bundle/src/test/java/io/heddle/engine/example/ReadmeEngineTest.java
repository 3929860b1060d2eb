// SPDX-License-Identifier: Apache-2.0
package io.heddle.engine.example;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The engine of the README's first screen is code that compiles. */
class ReadmeEngineTest {

    private static final String IMPORTS = """
            package io.heddle.engine.example;
            import io.heddle.engine.SyncEngineService;
            import io.heddle.engine.record.*;
            import java.util.*;
            import org.osgi.service.component.annotations.*;
            """;

    @TempDir
    Path classes;

    @Test
    void theReadmesEngineCompilesAndIsAsShortAsItSays() throws IOException {
        String engine = javaBlock(Files.readString(Path.of("..", "README.md")));

        assertThat(compile(IMPORTS + engine)).isEmpty();
        assertThat(engine.lines().filter(line -> !line.isBlank())).hasSizeLessThanOrEqualTo(20);
    }

    @Test
    void whatDoesNotCompileIsFound() {
        assertThat(compile(IMPORTS + "class Broken implements RecordEngine {}")).isNotEmpty();
    }

    private static String javaBlock(String markdown) {
        Matcher block = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL).matcher(markdown);
        assertThat(block.find()).as("a java block in the README").isTrue();
        return block.group(1);
    }

    private List<String> compile(String source) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        DiagnosticCollector<JavaFileObject> found = new DiagnosticCollector<>();
        String name = source.replaceAll("(?s).*?class (\\w+).*", "$1");
        JavaFileObject file =
                new SimpleJavaFileObject(URI.create("string:///" + name + ".java"), JavaFileObject.Kind.SOURCE) {
                    @Override
                    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                        return source;
                    }
                };
        List<String> options = List.of("-classpath", System.getProperty("java.class.path"), "-d", classes.toString());
        compiler.getTask(null, null, found, options, null, List.of(file)).call();
        return found.getDiagnostics().stream()
                .filter(diagnostic -> diagnostic.getKind() == Diagnostic.Kind.ERROR)
                .map(diagnostic -> diagnostic.getMessage(null))
                .toList();
    }
}
