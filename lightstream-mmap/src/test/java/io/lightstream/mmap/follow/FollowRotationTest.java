package io.lightstream.mmap.follow;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightstream.mmap.follow.RotatedFileException.Change;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class FollowRotationTest {
    @TempDir
    Path folder;

    private Path path;
    private Path other;
    private FollowTable table;

    @BeforeEach
    void makeTable() throws IOException {
        path = folder.resolve("growing.arrows");
        other = folder.resolve("growing.arrows.1");
        table = FollowTable.of(3, 50, 1, 4000);
    }

    @Test
    void aFileThatIsRenamed() throws Exception {
        try (FollowFile file = FollowFile.create(path, table.schema(), table.batch(0));
                FollowRun run = FollowRun.of(path)) {
            run.assertNext(0);
            Files.move(path, other);
            RotatedFileException rotated = run.failure(RotatedFileException.class);
            assertThat(rotated.change()).isEqualTo(Change.RENAMED);
            assertThat(rotated.newName()).contains(other);
            assertThat(rotated.position()).isEqualTo(file.size());
            assertThat(rotated).hasMessageContaining("growing.arrows @", "it is now " + other);
        }
    }

    @Test
    void aFileThatIsMovedToAnotherFolder() throws Exception {
        try (FollowFile file = FollowFile.create(path, table.schema(), table.batch(0));
                FollowRun run = FollowRun.of(path)) {
            run.assertNext(0);
            Files.move(path, Files.createDirectory(folder.resolve("old")).resolve("file"));
            assertThat(run.failure(RotatedFileException.class).change()).isEqualTo(Change.REMOVED);
            assertThat(file.size()).isPositive();
        }
    }

    @Test
    void aFileThatIsDeleted() throws Exception {
        try (FollowFile file = FollowFile.create(path, table.schema(), table.batch(0));
                FollowRun run = FollowRun.of(path)) {
            run.assertNext(0);
            Files.delete(path);
            RotatedFileException rotated = run.failure(RotatedFileException.class);
            assertThat(rotated.change()).isEqualTo(Change.REMOVED);
            assertThat(rotated.newName()).isEmpty();
            assertThat(file.size()).isPositive();
        }
    }

    @Test
    void aFileThatIsReplaced() throws Exception {
        try (FollowFile file = FollowFile.create(path, table.schema(), table.batch(0));
                FollowRun run = FollowRun.of(path)) {
            run.assertNext(0);
            Path replacement = Files.write(folder.resolve("new"), table.whole());
            Files.move(replacement, path, StandardCopyOption.ATOMIC_MOVE);
            assertThat(run.failure(RotatedFileException.class).change()).isEqualTo(Change.REPLACED);
            assertThat(file.size()).isPositive();
        }
    }

    @Test
    void aFileThatIsReplacedWithoutAnEventInItsFolder() throws Exception {
        Path link = folder.resolve("current");
        Files.createSymbolicLink(link, path);
        Files.write(other, table.whole());
        Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
        try (FollowFile file = FollowFile.create(path, table.schema(), table.batch(0));
                FollowRun run = FollowRun.of(link)) {
            run.assertNext(0);
            file.append(table.batch(1));
            run.assertNext(1);
            Path newLink = elsewhere.resolve("link");
            Files.createSymbolicLink(newLink, other);
            Files.move(newLink, link, StandardCopyOption.ATOMIC_MOVE);
            RotatedFileException rotated = run.failure(RotatedFileException.class);
            assertThat(rotated.change()).isEqualTo(Change.REPLACED);
            assertThat(rotated.newName()).contains(path);
        }
    }

    @Test
    void aFileThatIsTruncated() throws Exception {
        for (long size : new long[] {0, table.schema().length, table.schema().length + table.batch(0).length - 1}) {
            Path file = folder.resolve("truncated to " + size);
            try (FollowFile growing = FollowFile.create(file, table.schema(), table.batch(0));
                    FollowRun run = FollowRun.of(file)) {
                run.assertNext(0);
                growing.cutTo(size);
                RotatedFileException rotated = run.failure(RotatedFileException.class);
                assertThat(rotated.change()).isEqualTo(Change.TRUNCATED);
                assertThat(rotated).hasMessageContaining("or more, found " + size);
            }
        }
    }

    @Test
    void whatWasCompleteBeforeComesFirst() throws Exception {
        FollowOptions options = FollowOptions.defaults().withCheckInterval(Duration.ofSeconds(1));
        try (FollowFile file = FollowFile.create(path, table.schema());
                FollowRun run = FollowRun.of(path, options)) {
            run.assertWaiting();
            file.append(table.batch(0), table.batch(1), table.batch(2), table.batch(3));
            Files.delete(path);
            run.assertNext(0, 1, 2, 3);
            assertThat(run.failure(RotatedFileException.class).position()).isEqualTo(file.size());
        }
    }

    @Test
    void aMessageThatHasBegunIsWaitedFor() throws Exception {
        FollowOptions options = FollowOptions.defaults().withStallTimeout(Duration.ofSeconds(15));
        try (FollowFile file = FollowFile.create(path, table.schema());
                FollowRun run = FollowRun.of(path, options)) {
            run.reader();
            file.appendStart(table.batch(3), 1000);
            Files.move(path, other);
            run.assertWaiting();
            file.appendRest(table.batch(3), 1000);
            run.assertNext(3);
            assertThat(run.failure(RotatedFileException.class).change()).isEqualTo(Change.RENAMED);
        }
    }

    @Test
    void aMessageThatHasBegunIsNotWaitedForForever() throws Exception {
        FollowOptions options = FollowOptions.defaults().withStallTimeout(Duration.ofMillis(300));
        try (FollowFile file = FollowFile.create(path, table.schema(), table.batch(0));
                FollowRun run = FollowRun.of(path, options)) {
            run.assertNext(0);
            long boundary = file.size();
            file.appendStart(table.batch(3), 1000);
            Files.move(path, other);
            RotatedFileException rotated = run.failure(RotatedFileException.class);
            assertThat(rotated.change()).isEqualTo(Change.RENAMED);
            assertThat(rotated.position()).isEqualTo(boundary);
        }
    }
}
