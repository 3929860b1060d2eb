// SPDX-License-Identifier: Apache-2.0
package io.heddle.manager;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.equivalentTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.syntax.elements.GivenClassesConjunction;
import com.tngtech.archunit.library.GeneralCodingRules;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Holds the arrows between the packages, as the architecture draws them. Packages that do not exist yet are empty. */
class LayerTest {

    private static final String MANAGER = "io.heddle.manager";

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.heddle.api", "io.heddle.engine", "io.heddle.manager");

    @Test
    void bothBundlesAreSeen() {
        assertThat(CLASSES.contain("io.heddle.engine.SyncEngine")).isTrue();
        assertThat(CLASSES.contain("io.heddle.manager.wire.MetaGlobal")).isTrue();
        assertThat(CLASSES.contain(LayerTest.class)).isFalse();
    }

    /** Besides itself, the API and {@code failure}, on which all may depend. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "failure   |",
                "wire      |",
                "wire.bulk |",
                "state     | wire",
                "crypto    | wire",
                "storage   | wire crypto",
                "reconcile | wire state",
                "clients   | wire state crypto storage",
                "engines   | wire state crypto storage reconcile",
                "text      |",
                "flow      | wire state crypto storage reconcile clients engines",
                "shell     | text"
            })
    void packageDependsOnThoseBelowItOnly(String from, String below) {
        String[] allowed = Stream.concat(
                        Stream.of(from, "failure"),
                        below == null ? Stream.of() : Arrays.stream(below.trim().split(" ")))
                .map(name -> MANAGER + "." + name.trim() + "..")
                .toArray(String[]::new);

        check(noClasses()
                .that()
                .resideInAPackage(MANAGER + "." + from.trim() + "..")
                .should()
                .dependOnClassesThat(resideInAPackage(MANAGER + "..").and(not(resideInAnyPackage(allowed)))));
    }

    /** Within a layer: a package, and its neighbours that it may know. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "wire.bulk        |",
                "storage.http     |",
                "storage          | storage.http",
                "storage.transfer | storage storage.http",
                "engines          |",
                "engines.run      | engines",
                "flow.account     |",
                "flow.command     |",
                "flow             | flow.account flow.command"
            })
    void packagesOfALayerDependOneWay(String from, String below) {
        String layer = MANAGER + "." + from.split("\\.")[0];
        String[] allowed = Stream.concat(
                        Stream.of(from),
                        below == null ? Stream.of() : Arrays.stream(below.trim().split(" ")))
                .map(name -> MANAGER + "." + name.trim())
                .toArray(String[]::new);

        check(noClasses()
                .that()
                .resideInAPackage(MANAGER + "." + from)
                .should()
                .dependOnClassesThat(resideInAPackage(layer + "..").and(not(resideInAnyPackage(allowed)))));
    }

    @Test
    void onlyTheRootPackageAndTheShellKnowTheFramework() {
        check(noClasses()
                .that(resideInAPackage(MANAGER + "..").and(not(resideInAnyPackage(MANAGER, MANAGER + ".shell"))))
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.osgi.."));
    }

    @Test
    void onlyStorageKnowsTheHttpClient() {
        check(outside("storage").should().dependOnClassesThat().resideInAPackage("org.apache.hc.."));
    }

    @Test
    void onlyThePackagesWithCodecsKnowGson() {
        check(outside("wire", "state", "storage", "clients")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("com.google.gson.."));
    }

    @Test
    void reconcileIsPure() {
        DescribedPredicate<JavaClass> impure = resideInAnyPackage(
                        "java.io..", "java.net..", "java.nio..", "org.slf4j..")
                .and(not(equivalentTo(Serializable.class)))
                .and(not(equivalentTo(StandardCharsets.class)))
                .or(equivalentTo(Clock.class))
                .or(equivalentTo(UUID.class))
                .or(equivalentTo(Random.class))
                .or(equivalentTo(SecureRandom.class))
                .or(equivalentTo(ThreadLocalRandom.class));

        check(noClasses()
                .that()
                .resideInAPackage(MANAGER + ".reconcile")
                .should()
                .dependOnClassesThat(impure));
        check(noClasses()
                .that()
                .resideInAPackage(MANAGER + ".reconcile")
                .should()
                .callMethod(Instant.class, "now")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(System.class, "nanoTime")
                .orShould()
                .callMethod(Math.class, "random"));
    }

    @Test
    void theApiKnowsNothingOfTheManager() {
        check(noClasses()
                .that()
                .resideInAnyPackage("io.heddle.api..", "io.heddle.engine..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage(MANAGER + ".."));
    }

    @Test
    void theSpisLieBelowTheApi() {
        check(noClasses()
                .that()
                .resideInAPackage("io.heddle.engine")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.heddle.api..", "io.heddle.engine.record"));
        check(noClasses()
                .that()
                .resideInAPackage("io.heddle.engine.record")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.heddle.api.."));
        check(noClasses()
                .that()
                .resideInAPackage("io.heddle.api.account")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.heddle.api", "io.heddle.engine.."));
    }

    /** Beyond that nobody finds a type by looking. */
    @Test
    void noPackageHasMoreThanADozenTypes() {
        Map<String, Long> types = CLASSES.stream()
                .filter(type -> type.getPackageName().startsWith(MANAGER) && type.isTopLevelClass())
                .filter(type -> !type.getSimpleName().equals("package-info"))
                .collect(Collectors.groupingBy(JavaClass::getPackageName, Collectors.counting()));

        assertThat(types)
                .isNotEmpty()
                .allSatisfy((name, count) ->
                        assertThat(count).as(name).isLessThanOrEqualTo(name.equals(MANAGER + ".wire") ? 13 : 12));
    }

    @Test
    void packagesAreFreeOfCycles() {
        check(slices().matching("io.heddle.(**)").should().beFreeOfCycles());
    }

    @Test
    void librariesWriteToNoConsole() {
        check(GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS);
    }

    private static GivenClassesConjunction outside(String... names) {
        String[] packages =
                Arrays.stream(names).map(name -> MANAGER + "." + name + "..").toArray(String[]::new);
        return noClasses().that(resideInAPackage("io.heddle..").and(not(resideInAnyPackage(packages))));
    }

    private static void check(ArchRule rule) {
        rule.allowEmptyShould(true).check(CLASSES);
    }
}
