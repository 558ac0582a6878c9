package io.lightstream.transport.contract;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;

/** Threads that block, and tests that have to know it. */
final class Threads {
    private Threads() {}

    /** Runs {@code task} on another thread of {@code fixture} and returns when it is blocked in the system. */
    static <T> Future<T> blockedCall(TransportFixture fixture, Callable<T> task) throws Exception {
        CompletableFuture<Thread> started = new CompletableFuture<>();
        Future<T> result = fixture.async(() -> {
            started.complete(Thread.currentThread());
            return task.call();
        });
        Thread thread = started.get();
        await().pollInterval(Duration.ofMillis(5))
                .until(() -> result.isDone() || (isBlocked(thread) && staysBlocked(thread)));
        return result;
    }

    /** Runs {@code task} on another thread of {@code fixture} and returns when it is blocked in the system. */
    static Future<?> blocked(TransportFixture fixture, TransportFixture.Task task) throws Exception {
        return blockedCall(fixture, () -> {
            task.run();
            return true;
        });
    }

    /** Twice the same place: a call that is only slow moves on. */
    private static boolean staysBlocked(Thread thread) {
        StackTraceElement[] before = thread.getStackTrace();
        for (int i = 0; i < 1000; i++) {
            Thread.onSpinWait();
        }
        return isBlocked(thread) && thread.getStackTrace().length == before.length;
    }

    private static boolean isBlocked(Thread thread) {
        StackTraceElement[] stack = thread.getStackTrace();
        if (stack.length == 0) {
            return false;
        }
        boolean parked = stack[0].getMethodName().equals("park");
        return parked || (stack[0].isNativeMethod() && stack[0].getClassName().startsWith("sun.nio.ch"));
    }
}
