package io.kagu.bench;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;

import io.kagu.bench.broken.core.BrokenHelper;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;

/** Holds all modules to {@link Architecture}; here, because this module depends on all of them. */
final class ArchitectureTest {

    private static final String INGEST = "io.kagu.ingest..";
    private static final String DISPATCHER = "io.kagu.dispatcher..";
    private static final String STATUS = "io.kagu.statusapi..";

    private static JavaClasses classes;

    @BeforeAll
    static void readClasses() throws IOException {
        // Importing by package name would read every jar on the class path.
        List<URL> ours =
                Collections.list(ArchitectureTest.class.getClassLoader().getResources("io/kagu"));
        classes =
                new ClassFileImporter()
                        .withImportOption(new ImportOption.DoNotIncludeTests())
                        .importUrls(ours);
    }

    static Stream<ArchRule> rules() {
        return Stream.of(
                Architecture.CORE_IS_FREE_OF_INFRASTRUCTURE,
                Architecture.CORE_HAS_NO_CLOCK,
                Architecture.CORE_HAS_NO_THREAD,
                Architecture.CORE_HAS_NO_CHANCE,
                Architecture.CORE_ITERATES_IN_A_KNOWN_ORDER,
                Architecture.COMMON_KNOWS_NO_SERVICE,
                Architecture.NAMES_SAY_THE_JOB,
                Architecture.CLASSES_LIVE_IN_A_MODULES_PACKAGE);
    }

    @ParameterizedTest
    @MethodSource("rules")
    void theRulesHold(ArchRule rule) {
        rule.check(classes);
    }

    static Stream<ArchRule> separations() {
        return Stream.of(
                Architecture.meetsOthersAtTopicsOnly(INGEST, DISPATCHER, STATUS),
                Architecture.meetsOthersAtTopicsOnly(DISPATCHER, INGEST, STATUS),
                Architecture.meetsOthersAtTopicsOnly(STATUS, INGEST, DISPATCHER));
    }

    @ParameterizedTest
    @MethodSource("separations")
    void servicesMeetAtTopicsOnly(ArchRule rule) {
        rule.check(classes);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "common",
                "broker",
                "ingest",
                "dispatcher",
                "statusapi",
                "local",
                "cli",
                "bench"
            })
    void noPackageNeedsItself(String module) {
        Architecture.hasNoCycles("io.kagu." + module).check(classes);
    }

    static Stream<ArchRule> rulesOfACore() {
        return Stream.of(
                Architecture.CORE_IS_FREE_OF_INFRASTRUCTURE,
                Architecture.CORE_HAS_NO_CLOCK,
                Architecture.CORE_HAS_NO_THREAD,
                Architecture.CORE_HAS_NO_CHANCE,
                Architecture.CORE_ITERATES_IN_A_KNOWN_ORDER,
                Architecture.NAMES_SAY_THE_JOB);
    }

    @ParameterizedTest
    @MethodSource("rulesOfACore")
    void aClassThatBreaksTheRulesIsFound(ArchRule rule) {
        JavaClasses broken = new ClassFileImporter().importClasses(BrokenHelper.class);

        assertThat(rule.evaluate(broken).hasViolation()).isTrue();
    }

    /** A rule about a package that was renamed would hold for ever. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "io.kagu.common.job",
                "io.kagu.dispatcher.core",
                "io.kagu.ingest",
                "io.kagu.statusapi"
            })
    void theRulesFindTheirPackages(String name) {
        assertThat(classes.that(resideInAPackage(name + "..")))
                .as(name)
                .anyMatch(type -> !type.getSimpleName().equals("package-info"));
    }

    @Test
    void everyPackageSaysWhatBelongsIntoIt() throws IOException {
        List<Path> sources;
        try (Stream<Path> modules = Files.list(Path.of(".."))) {
            sources =
                    modules.map(module -> module.resolve("src/main/java"))
                            .filter(Files::isDirectory)
                            .toList();
        }
        assertThat(sources).hasSizeGreaterThan(3);
        for (Path root : sources) {
            try (Stream<Path> files = Files.walk(root)) {
                assertThat(files.filter(file -> file.toString().endsWith(".java")))
                        .allSatisfy(file ->
                                assertThat(file.resolveSibling("package-info.java")).exists());
            }
        }
    }
}
