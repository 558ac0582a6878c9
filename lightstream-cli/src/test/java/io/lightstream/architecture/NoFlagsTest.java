package io.lightstream.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Nobody has to pass a flag to the JVM in order to use Lightstream: neither a user, nor our scripts, nor these tests. */
class NoFlagsTest {
    private static final String MEMORY = "io.lightstream.codec.memory..";

    /** These reach into {@code java.nio} by reflection, which the JDK refuses unless it is opened by a flag. */
    private static final DescribedPredicate<JavaAccess<?>> NEEDS_AN_OPENED_JDK =
            DescribedPredicate.describe("members that make a direct ByteBuffer by reflection", access -> {
                String owner = access.getTargetOwner().getName();
                String member = access.getTarget().getName();
                return (owner.equals("org.apache.arrow.memory.ArrowBuf") && member.equals("nioBuffer"))
                        || (owner.equals("org.apache.arrow.memory.util.MemoryUtil") && member.equals("directBuffer"));
            });

    /** These call the members above. */
    private static final DescribedPredicate<JavaClass> ARROW_INPUT_OUTPUT = DescribedPredicate.describe(
            "Arrow Java's own reading, writing and compression",
            type -> type.getName()
                    .matches("org\\.apache\\.arrow\\.vector\\.ipc\\.(ReadChannel|WriteChannel"
                            + "|message\\.MessageSerializer|message\\.MessageChannelReader)"
                            + "|org\\.apache\\.arrow\\.(vector\\.)?compression\\..*CompressionCodec.*"));

    @Test
    void nothingNeedsAnOpenedJdk() {
        noClasses().should().accessTargetWhere(NEEDS_AN_OPENED_JDK).check(MainClasses.ALL);
        noClasses().should().dependOnClassesThat(ARROW_INPUT_OUTPUT).check(MainClasses.ALL);
    }

    @Test
    void unsafeMemoryAccessIsInOnePlace() {
        noClasses()
                .that()
                .resideOutsideOfPackage(MEMORY)
                .should()
                .dependOnClassesThat()
                .haveNameMatching(
                        "sun\\.misc\\..*|jdk\\.internal\\..*|org\\.apache\\.arrow\\.memory\\.util\\.MemoryUtil")
                .check(MainClasses.ALL);
    }

    @Test
    void nothingDependsOnAnArrowAllocator() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.apache.arrow.memory.unsafe..", "org.apache.arrow.memory.netty..", "io.netty..")
                .check(MainClasses.ALL);
    }

    @Test
    void theseTestsRunWithoutFlags() {
        assertThat(ManagementFactory.getRuntimeMXBean().getInputArguments())
                .noneMatch(argument -> argument.startsWith("--add-") || argument.startsWith("--enable-native-access"));
    }

    @ParameterizedTest
    @MethodSource("io.lightstream.architecture.BuildFiles#all")
    void noBuildFileOrScriptOpensTheJdk(Path file) throws IOException {
        assertThat(Files.readString(file)).doesNotContain("--add-" + "opens", "--add-" + "exports");
    }
}
