package io.kagu.bench;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleName;
import static com.tngtech.archunit.lang.conditions.ArchConditions.be;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchRule;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/** The rules of the design that a machine can hold, each with its reason. */
final class Architecture {

    private static final String CORE = "..core..";

    private static final List<String> VAGUE = List.of("Impl", "Manager", "Helper", "Utils", "Util");

    private Architecture() {}

    static final ArchRule CORE_IS_FREE_OF_INFRASTRUCTURE =
            noClasses()
                    .that()
                    .resideInAPackage(CORE)
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(
                            "org.apache.kafka..",
                            "org.slf4j..",
                            "io.javalin..",
                            "io.micrometer..",
                            "java.net.http..",
                            "java.util.concurrent.locks..")
                    .because("the simulation runs the core alone, from one seed");

    /** The one clock of a core: it stands where an event's time put it. */
    private static final DescribedPredicate<JavaClass> EVENT_CLOCK =
            simpleName("EventClock").as("EventClock");

    static final ArchRule CORE_HAS_NO_CLOCK =
            noClasses()
                    .that()
                    .resideInAPackage(CORE)
                    .and(not(EVENT_CLOCK))
                    .should()
                    .dependOnClassesThat(assignableTo(Clock.class).and(not(EVENT_CLOCK)))
                    .orShould()
                    .callMethod(Instant.class, "now")
                    .orShould()
                    .callMethod(LocalDateTime.class, "now")
                    .orShould()
                    .callMethod(System.class, "currentTimeMillis")
                    .orShould()
                    .callMethod(System.class, "nanoTime")
                    .because("time is an argument: a rebuild must decide as the first run did");

    static final ArchRule CORE_HAS_NO_THREAD =
            noClasses()
                    .that()
                    .resideInAPackage(CORE)
                    .should()
                    .dependOnClassesThat()
                    .areAssignableTo(Thread.class)
                    .orShould()
                    .dependOnClassesThat()
                    .haveNameMatching("java\\.util\\.concurrent\\..*(Executor|Future|Semaphore).*")
                    .because("a pool belongs to one stream thread; order would depend on chance");

    static final ArchRule CORE_HAS_NO_CHANCE =
            noClasses()
                    .that()
                    .resideInAPackage(CORE)
                    .should()
                    .dependOnClassesThat()
                    .belongToAnyOf(Random.class, ThreadLocalRandom.class, UUID.class)
                    .orShould()
                    .callMethod(Math.class, "random")
                    .because("ties are broken by sequence, so that a seed replays");

    static final ArchRule CORE_ITERATES_IN_A_KNOWN_ORDER =
            noClasses()
                    .that()
                    .resideInAPackage(CORE)
                    .should()
                    .dependOnClassesThat(
                            describe(
                                    "are HashMap or HashSet",
                                    (JavaClass type) ->
                                            type.isEquivalentTo(HashMap.class)
                                                    || type.isEquivalentTo(HashSet.class)))
                    .because("the order of a hash table is chance; use a sorted or a linked one");

    /** Services meet at topics. */
    static ArchRule meetsOthersAtTopicsOnly(String service, String... others) {
        return noClasses()
                .that()
                .resideInAPackage(service)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(others)
                .because("services meet at topics, so that each is deployed and scaled alone");
    }

    static final ArchRule COMMON_KNOWS_NO_SERVICE =
            noClasses()
                    .that()
                    .resideInAPackage("io.kagu.common..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(
                            "io.kagu.ingest..",
                            "io.kagu.dispatcher..",
                            "io.kagu.statusapi..",
                            "io.kagu.local..",
                            "io.kagu.cli..",
                            "io.kagu.bench..")
                    .because("everybody depends on common");

    static final ArchRule NAMES_SAY_THE_JOB =
            noClasses()
                    .should(be(vaguelyNamed()))
                    .because("such a name says that a class is there, not what it is for");

    private static DescribedPredicate<JavaClass> vaguelyNamed() {
        return describe(
                "vaguely named",
                type ->
                        type.getSimpleName().startsWith("Abstract")
                                || VAGUE.stream().anyMatch(type.getSimpleName()::endsWith));
    }

    /** No package of a module needs, by whatever way round, itself. */
    static ArchRule hasNoCycles(String modulePackage) {
        return slices().matching(modulePackage + ".(*)..")
                .should()
                .beFreeOfCycles()
                .because("packages that need each other can only be understood and changed as one")
                .allowEmptyShould(true);
    }

    static final ArchRule CLASSES_LIVE_IN_A_MODULES_PACKAGE =
            classes()
                    .should()
                    .resideInAPackage("io.kagu.*..")
                    .because("the first package after io.kagu names the module");
}
