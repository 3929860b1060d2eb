// SPDX-License-Identifier: Apache-2.0
package io.heddle.engine.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heddle.engine.process.program.ProgramSettings;
import java.lang.annotation.Annotation;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a configuration means. */
class ProcessEngineComponentTest {

    private record Settings(
            String name,
            String[] collections,
            int version,
            String group,
            String[] command,
            String directory,
            String[] environment,
            int answer_timeoutSeconds,
            int stop_timeoutSeconds)
            implements ProcessEngineConfiguration {

        static Settings of(String name, String collections, String command, String... environment) {
            String[] collectionNames = collections == null ? null : new String[] {collections};
            String[] words = command == null ? new String[0] : command.split(" ");
            return new Settings(name, collectionNames, 1, "", words, "", environment, 60, 5);
        }

        @Override
        public Class<? extends Annotation> annotationType() {
            return ProcessEngineConfiguration.class;
        }
    }

    private static ProgramSettings read(Settings settings) {
        return ProcessEngineComponent.settings(settings, Map.of());
    }

    @Test
    void theSettingsAreTakenOver() {
        ProgramSettings settings = read(Settings.of("todo", "todo", "python3 todo.py", "A=b=c", "EMPTY="));

        assertThat(settings.engine()).isEqualTo("todo");
        assertThat(settings.command()).containsExactly("python3", "todo.py");
        assertThat(settings.directory()).isEmpty();
        assertThat(settings.environment()).isEqualTo(Map.of("A", "b=c", "EMPTY", ""));
        assertThat(settings.answerTimeout()).isEqualTo(Duration.ofSeconds(60));
        assertThat(settings.toString()).doesNotContain("b=c", "todo.py");
    }

    @Test
    void aProgramRunsWhereItsConfigurationIs() {
        Map<String, Object> properties =
                Map.of("felix.fileinstall.filename", "file:/home/ann/.heddle/my%20engines/x-todo.config");

        assertThat(ProcessEngineComponent.settings(Settings.of("todo", "todo", "./todo"), properties)
                        .directory())
                .contains(Path.of("/home/ann/.heddle/my engines"));
    }

    @Test
    void whatIsMissingIsNamed() {
        assertThatThrownBy(() -> read(Settings.of(null, "todo", "x"))).hasMessage("name is missing");
        assertThatThrownBy(() -> read(Settings.of(" ", "todo", "x"))).hasMessage("name is missing");
        assertThatThrownBy(() -> read(Settings.of("todo", null, "x"))).hasMessage("collections is missing");
        assertThatThrownBy(() -> read(Settings.of("todo", " , ", "x"))).hasMessage("collections is missing");
        assertThatThrownBy(() -> read(Settings.of("todo", "todo", null))).hasMessage("command is missing");
    }

    @Test
    void aVariableWithoutAValueIsNotQuoted() {
        assertThatThrownBy(() -> read(Settings.of("todo", "todo", "x", "hunter2")))
                .hasMessage("environment must hold texts of the form NAME=VALUE");
    }
}
