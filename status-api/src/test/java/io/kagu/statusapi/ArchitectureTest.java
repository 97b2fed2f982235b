package io.kagu.statusapi;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.net.URL;
import java.time.Instant;
import java.util.Collections;
import java.util.List;

class ArchitectureTest {

    private static JavaClasses classes;

    @BeforeAll
    static void readClasses() throws IOException {
        // Importing by package name would read every jar on the class path.
        List<URL> ours =
                Collections.list(
                        ArchitectureTest.class.getClassLoader().getResources("io/kagu/statusapi"));
        classes =
                new ClassFileImporter()
                        .withImportOption(new ImportOption.DoNotIncludeTests())
                        .importUrls(ours);
    }

    @Test
    void theCoreIsPure() {
        noClasses()
                .that()
                .resideInAPackage("..statusapi.core..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "org.apache.kafka..",
                        "io.javalin..",
                        "org.slf4j..",
                        "java.util.concurrent..",
                        "java.util.random..",
                        "io.kagu.statusapi.fold..",
                        "io.kagu.statusapi.query..",
                        "io.kagu.statusapi.web..")
                .because("what a record does to a view must be decidable without a broker")
                .check(classes);
        noClasses()
                .that()
                .resideInAPackage("..statusapi.core..")
                .should()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(System.class, "nanoTime")
                .orShould()
                .callMethod(Instant.class, "now")
                .because("time is an argument")
                .check(classes);
    }

    @Test
    void theFoldKnowsNoHttpAndQuestionsKnowNoRoutes() {
        noClasses()
                .that()
                .resideInAnyPackage("..statusapi.fold..", "..statusapi.query..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.javalin..", "io.kagu.statusapi.web..")
                .because("the same questions will be asked over other faces")
                .check(classes);
        noClasses()
                .that()
                .resideInAPackage("..statusapi.fold..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("..statusapi.query..")
                .because("the fold serves questions and never asks any")
                .check(classes);
    }
}
