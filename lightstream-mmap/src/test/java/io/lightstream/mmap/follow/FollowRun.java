package io.lightstream.mmap.follow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.awaitility.Awaitility.await;

import io.lightstream.codec.RecordBatch;
import io.lightstream.codec.memory.LightstreamMemory;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Follows a file in a thread of its own and tells what came. Closing fails where memory was leaked. */
final class FollowRun implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 20;
    private static final long QUIET_MILLIS = 150;
    private static final Set<String> WAITS = Set.of(TimedChecks.class.getName(), DirectoryEvents.class.getName());

    private final LightstreamMemory memory = LightstreamMemory.create();
    private final BlockingQueue<Long> numbers = new LinkedBlockingQueue<>();
    /** Each look at the file is followed by one at the clock. */
    private final AtomicLong looks = new AtomicLong();

    private final FutureTask<Void> result;
    private final Thread thread;
    private volatile @Nullable FollowedStream reader;

    private FollowRun(Path path, FollowOptions options) {
        FollowOptions counting = options.withNanoClock(() -> {
            looks.incrementAndGet();
            return options.nanoClock().getAsLong();
        });
        result = new FutureTask<>(() -> {
            try (FollowedStream stream = FollowedStream.follow(path, memory.allocator(), counting)) {
                reader = stream;
                while (stream.next()) {
                    numbers.add(number(stream.batch()));
                }
            }
            return null;
        });
        thread = new Thread(result, "follower");
    }

    static FollowRun of(Path path, FollowOptions options) {
        FollowRun run = new FollowRun(path, options);
        run.thread.start();
        return run;
    }

    static FollowRun of(Path path) {
        return of(path, FollowOptions.defaults());
    }

    /** Number of the batch, all of whose rows must say it. */
    private static long number(RecordBatch batch) {
        long number = batch.column("number").getLong(0);
        for (long row = 0; row < batch.rowCount(); row++) {
            assertThat(batch.column("number").getLong(row)).isEqualTo(number);
            assertThat(batch.column("text").getString(row)).isEqualTo(FollowTable.text(number));
        }
        assertThat(batch.aligned()).isTrue();
        return number;
    }

    Thread thread() {
        return thread;
    }

    /** The reader, once it has the schema. */
    FollowedStream reader() {
        soon("a schema", () -> reader != null || !thread.isAlive());
        FollowedStream current = reader;
        if (current == null) {
            throw new AssertionError("no schema came");
        }
        return current;
    }

    /** Lets the follower come to where it waits for something to change. */
    void awaitRest() {
        awaitRest(thread);
    }

    /** Lets a thread that follows a file come to where it waits for something to change. */
    static void awaitRest(Thread follower) {
        soon(
                "the follower to wait",
                () -> follower.getState() == Thread.State.TIMED_WAITING
                        && Arrays.stream(follower.getStackTrace()).anyMatch(FollowRun::isWait));
    }

    private static boolean isWait(StackTraceElement frame) {
        return WAITS.contains(frame.getClassName()) && frame.getMethodName().equals("await");
    }

    /** Lets the follower look at the file as it is now. It does so in intervals, whatever else wakes it. */
    void awaitLook() {
        // One may be under way that has not seen what is there now.
        long seen = looks.get() + 2;
        soon("a look at the file", () -> looks.get() >= seen);
    }

    private static void soon(String what, Callable<Boolean> condition) {
        await(what)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(1))
                .atMost(Duration.ofSeconds(PATIENCE_SECONDS))
                .until(condition);
    }

    /** Fails unless these batches come, in this order. */
    void assertNext(long... expected) throws InterruptedException {
        for (long number : expected) {
            assertThat(numbers.poll(PATIENCE_SECONDS, TimeUnit.SECONDS)).isEqualTo(number);
        }
    }

    /** Fails if a batch or an end comes. */
    void assertWaiting() throws InterruptedException {
        assertThat(numbers.poll(QUIET_MILLIS, TimeUnit.MILLISECONDS)).isNull();
        assertThat(result.isDone()).isFalse();
    }

    /** Fails unless the stream ends without an error and without more batches. */
    void assertEnd() throws Exception {
        result.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        assertThat(numbers).isEmpty();
    }

    /** The error that following ends with. */
    <T extends Exception> T failure(Class<T> type) throws Exception {
        try {
            result.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            assertThat(e.getCause()).isInstanceOf(type);
            assertThat(numbers).isEmpty();
            return type.cast(e.getCause());
        }
        return fail("no error");
    }

    /** The error that following ends with when time passes by the clock: until it has come, however late the follower looks. */
    <T extends Exception> T failureInTime(AtomicLong nanoClock, Duration step, Class<T> type) throws Exception {
        for (int i = 0; !result.isDone() && i < PATIENCE_SECONDS * 20; i++) {
            nanoClock.addAndGet(step.toNanos());
            awaitDone(50);
        }
        return failure(type);
    }

    private void awaitDone(long millis) throws InterruptedException {
        try {
            result.get(millis, TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            // Either is looked at by the caller.
        }
    }

    @Override
    public void close() throws IOException {
        FollowedStream current = reader;
        if (current != null) {
            current.close();
        }
        thread.interrupt();
        try {
            result.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            // Looked at by the test, if it wanted to.
        } catch (InterruptedException | TimeoutException e) {
            throw new IOException("the follower did not end", e);
        }
        assertThat(memory.allocator().getAllocatedMemory()).isZero();
        memory.close();
    }
}
