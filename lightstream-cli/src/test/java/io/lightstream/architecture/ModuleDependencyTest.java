package io.lightstream.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import java.util.List;
import org.junit.jupiter.api.Test;

class ModuleDependencyTest {
    private static final String CODEC = "io.lightstream.codec..";
    private static final String TRANSPORT = "io.lightstream.transport..";
    private static final String FORMATS = "io.lightstream.formats..";
    private static final String MMAP = "io.lightstream.mmap..";
    private static final String CLI = "io.lightstream.cli..";

    private static final DescribedPredicate<JavaClass> SOCKETS = DescribedPredicate.describe(
            "sockets",
            type -> type.getName()
                    .matches("java\\.net\\..*Socket.*|java\\.nio\\.channels\\..*Socket.*|javax\\.net\\..*"));

    @Test
    void everyModuleIsLookedAt() {
        for (String root : List.of("codec", "mmap", "cli")) {
            assertThat(MainClasses.ALL)
                    .as("classes of %s", root)
                    .anyMatch(type -> type.getPackageName().startsWith("io.lightstream." + root));
        }
    }

    @Test
    void codecKnowsNoModuleAboveIt() {
        noClasses()
                .that()
                .resideInAPackage(CODEC)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(TRANSPORT, FORMATS, MMAP, CLI)
                .check(MainClasses.ALL);
    }

    @Test
    void codecKnowsNoSockets() {
        noClasses()
                .that()
                .resideInAPackage(CODEC)
                .should()
                .dependOnClassesThat(SOCKETS)
                .check(MainClasses.ALL);
    }

    @Test
    void transportsFormatsAndMappingDoNotKnowEachOther() {
        knowsNone(TRANSPORT, FORMATS, MMAP, CLI);
        knowsNone(FORMATS, TRANSPORT, MMAP, CLI);
        knowsNone(MMAP, TRANSPORT, FORMATS, CLI);
    }

    private static void knowsNone(String one, String... others) {
        noClasses()
                .that()
                .resideInAPackage(one)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(others)
                .allowEmptyShould(true)
                .check(MainClasses.ALL);
    }

    @Test
    void everyPackageIsNullMarked() {
        classes().should(BeInNullMarkedPackage.INSTANCE).check(MainClasses.ALL);
    }
}
