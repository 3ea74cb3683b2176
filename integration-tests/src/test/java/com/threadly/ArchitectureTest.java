package com.threadly;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which module may depend on which, and forbidden package names. */
class ArchitectureTest {

    private static final String[] DEPLOYABLES = {
        "com.threadly.notification..", "com.threadly.fanout..", "com.threadly.presence..", "com.threadly.gateway.."
    };

    private static final String[] PIPELINE = {
        "com.threadly.pipeline..", "com.threadly.pusher..", "com.threadly.payload..", "com.threadly.deadletter.."
    };

    private static final JavaClasses ALL = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("com.threadly");

    @Test
    void schemasNeedNothingButAvro() {
        classes()
                .that()
                .resideInAPackage("com.threadly.events..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("com.threadly.events..", "java..", "org.apache.avro..", "org.jspecify..")
                .check(ALL);
    }

    @Test
    void serdeNeedsNothingOfOursAndNoLoggingBackend() {
        noClasses()
                .that()
                .resideInAPackage("com.threadly.serde..")
                .should()
                .dependOnClassesThat(resideInAPackage("com.threadly..")
                        .and(not(resideInAPackage("com.threadly.serde..")))
                        .or(resideInAnyPackage("ch.qos.logback..", "org.slf4j..")))
                .check(ALL);
    }

    @Test
    void runtimeKnowsOfOursOnlyEventsAndTheirSerde() {
        knowsOnly("com.threadly.runtime..", "com.threadly.serde..", "com.threadly.events..");
    }

    @Test
    void databaseKnowsOfOursOnlyTheRuntime() {
        knowsOnly("com.threadly.database..", "com.threadly.runtime..");
    }

    @Test
    void pipelineKnowsOfOursOnlyTheRuntimeEventsAndTheirSerde() {
        for (String room : PIPELINE) {
            knowsOnly(
                    room,
                    Stream.concat(
                                    Stream.of(PIPELINE),
                                    Stream.of(
                                            "com.threadly.runtime..", "com.threadly.serde..", "com.threadly.events.."))
                            .toArray(String[]::new));
        }
    }

    private static void knowsOnly(String room, String... others) {
        noClasses()
                .that()
                .resideInAPackage(room)
                .should()
                .dependOnClassesThat(resideInAPackage("com.threadly..")
                        .and(not(resideInAPackage(room)))
                        .and(not(resideInAnyPackage(others))))
                .check(ALL);
    }

    @ParameterizedTest
    @ValueSource(strings = {"notification", "fanout", "presence", "gateway"})
    void aDeployableKnowsNoOtherAndNotTheLocalStack(String name) {
        String own = "com.threadly." + name + "..";
        noClasses()
                .that()
                .resideInAPackage(own)
                .should()
                .dependOnClassesThat(resideInAnyPackage(DEPLOYABLES)
                        .and(not(resideInAPackage(own)))
                        .or(resideInAPackage("com.threadly.localstack..")))
                .check(ALL);
    }

    @Test
    void thePusherServerKnowsNothingOfOurs() {
        noClasses()
                .that()
                .resideInAPackage("com.threadly.pusherserver..")
                .should()
                .dependOnClassesThat(
                        resideInAPackage("com.threadly..").and(not(resideInAPackage("com.threadly.pusherserver.."))))
                .check(ALL);
    }

    @Test
    void packagesHaveNoCycles() {
        slices().matching("com.threadly.(**)").should().beFreeOfCycles().check(ALL);
    }

    @Test
    void packagesAreNamedByWhatTheyDo() {
        noClasses()
                .should()
                .resideInAnyPackage("..util..", "..utils..", "..impl..", "..helpers..", "..model..", "..dto..")
                .check(ALL);
    }
}
