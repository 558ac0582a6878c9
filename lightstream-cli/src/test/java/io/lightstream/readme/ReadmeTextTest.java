package io.lightstream.readme;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What documents show as Java is what the tests of their examples run. */
class ReadmeTextTest {
    private static final Pattern SHOWN = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);
    private static final Pattern RUN =
            Pattern.compile("^ *// example: \\w+\n(.*?)^ *// end$", Pattern.DOTALL | Pattern.MULTILINE);

    private static final Pattern VERSION =
            Pattern.compile("<groupId>io\\.lightstream</groupId>.*?<version>(.*?)</version>", Pattern.DOTALL);
    private static final Pattern ARTIFACT = Pattern.compile("lightstream-(codec|transport|mmap|formats)[a-z-]*");
    private static final Pattern ARTIFACT_ID = Pattern.compile("<artifactId>(lightstream-.*?)</artifactId>");

    @ParameterizedTest
    @CsvSource({
        "README.md, ReadmeExamplesTest",
        "docs/mapping.md, MappingExamplesTest",
        "docs/frames.md, FramesExamplesTest"
    })
    void showsWhatIsRun(String document, String examples) throws IOException {
        Path root = root();
        String source = Files.readString(
                root.resolve("lightstream-cli/src/test/java/io/lightstream/readme/" + examples + ".java"));
        List<String> run =
                RUN.matcher(source).results().map(ReadmeTextTest::dedented).toList();
        List<String> shown = SHOWN.matcher(Files.readString(root.resolve(document)))
                .results()
                .map(ReadmeTextTest::dedented)
                .toList();
        assertThat(shown).isNotEmpty().containsExactlyInAnyOrderElementsOf(run);
    }

    /** Whoever copies the dependency gets one that is built. */
    @Test
    void namesArtifactsThatExist() throws IOException {
        Path root = root();
        String readme = Files.readString(root.resolve("README.md"));
        String version = first(VERSION, Files.readString(root.resolve("pom.xml")));
        assertThat(first(VERSION, readme)).isEqualTo(version);
        List<String> named = ARTIFACT.matcher(readme)
                .results()
                .map(MatchResult::group)
                .distinct()
                .toList();
        assertThat(named).contains("lightstream-codec", "lightstream-transport-core");
        List<String> built = new ArrayList<>();
        for (String pom : List.of(
                "lightstream-codec", "lightstream-transport/core", "lightstream-mmap", "lightstream-formats/json")) {
            built.addAll(ARTIFACT_ID
                    .matcher(Files.readString(root.resolve(pom).resolve("pom.xml")))
                    .results()
                    .map(id -> id.group(1))
                    .toList());
        }
        assertThat(built).containsAll(named);
    }

    private static String first(Pattern pattern, String text) {
        return pattern.matcher(text).results().findFirst().orElseThrow().group(1);
    }

    private static String dedented(MatchResult block) {
        // A line break at the end would count as a line without indentation.
        return block.group(1).stripTrailing().stripIndent();
    }

    private static Path root() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.exists(folder.resolve("README.md")) || !Files.exists(folder.resolve("bin"))) {
            folder = folder.getParent();
            assertThat(folder).as("the project's root above the working folder").isNotNull();
        }
        return folder;
    }
}
