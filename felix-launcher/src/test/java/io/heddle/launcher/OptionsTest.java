// SPDX-License-Identifier: Apache-2.0
package io.heddle.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OptionsTest {

    @Test
    void withoutArgumentsAllLiesInTheHomeFolder() throws UsageException {
        Options options = Options.parse();

        Path data = Path.of(System.getProperty("user.home"), ".heddle");
        assertThat(options.data()).isEqualTo(data);
        assertThat(options.account()).isEqualTo(data.resolve("account.json"));
        assertThat(options.notes()).isEqualTo(data.resolve("notes"));
        assertThat(options.engines()).isEqualTo(data.resolve("engines"));
        assertThat(options.findDevice()).isEmpty();
        assertThat(options.isInteractive()).isTrue();
    }

    @Test
    void foldersMoveWithTheDataFolder() throws UsageException {
        Options options = Options.parse("--data", "b", "--once");

        assertThat(options.data()).isEqualTo(Path.of("b").toAbsolutePath());
        assertThat(options.notes()).isEqualTo(Path.of("b", "notes").toAbsolutePath());
        assertThat(options.isInteractive()).isFalse();
    }

    @Test
    void valuesAreReadWithAndWithoutAnEqualsSign() throws UsageException {
        Options options = Options.parse(
                "--account=x/../a=b.json", "--device", "my laptop", "--notes", "n", "--engines=e", "--exec", "a; b");

        assertThat(options.account()).isEqualTo(Path.of("a=b.json").toAbsolutePath());
        assertThat(options.findDevice()).contains("my laptop");
        assertThat(options.notes()).isEqualTo(Path.of("n").toAbsolutePath());
        assertThat(options.engines()).isEqualTo(Path.of("e").toAbsolutePath());
        assertThat(options.findCommands()).contains("a; b");
    }

    @Test
    void flagsAreOffUnlessGiven() throws UsageException {
        Options none = Options.parse();
        Options all = Options.parse("--once", "--json", "--verbose", "-h");

        for (Options.Flag flag : Options.Flag.values()) {
            assertThat(none.is(flag)).isFalse();
            assertThat(all.is(flag)).isTrue();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--foo            | unknown option --foo",
                "--foo=1          | unknown option --foo",
                "file             | unexpected argument file",
                "--data           | --data needs a value",
                "--data --once    | --data needs a value",
                "--exec=          | --exec needs a value",
                "--once=yes       | --once takes no value",
                "--json           | --json needs --once or --exec",
                "--once --exec a  | --once and --exec exclude each other",
            })
    void whatIsNotUnderstoodIsTold(String arguments, String message) {
        assertThatThrownBy(() -> Options.parse(arguments.split(" ")))
                .isInstanceOf(UsageException.class)
                .hasMessage(message);
    }
}
