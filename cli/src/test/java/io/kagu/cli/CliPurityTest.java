package io.kagu.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;

import org.junit.jupiter.api.Test;

final class CliPurityTest {

    private static final JavaClasses CLASSES =
            new ClassFileImporter()
                    .withImportOption(new ImportOption.DoNotIncludeTests())
                    .importPackages("io.kagu.cli");

    @Test
    void theCoreKnowsNoOutsideWorld() {
        noClasses()
                .that()
                .resideInAPackage("io.kagu.cli.core")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "java.net.http..",
                        "java.nio.file..",
                        "java.util.concurrent..",
                        "org.slf4j..",
                        "org.apache.kafka..",
                        "picocli..",
                        "io.kagu.cli.client..",
                        "io.kagu.cli.run..",
                        "io.kagu.cli.command..")
                .because("what a run decides must be testable without files, threads and servers")
                .check(CLASSES);
    }

    @Test
    void onlyCommandsKnowTheCommandLineAndTheStack() {
        noClasses()
                .that()
                .resideInAnyPackage("io.kagu.cli.run", "io.kagu.cli.client")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("picocli..", "io.kagu.local..", "io.kagu.cli.command..")
                .because("a run works with any server, wherever that comes from")
                .check(CLASSES);
    }
}
