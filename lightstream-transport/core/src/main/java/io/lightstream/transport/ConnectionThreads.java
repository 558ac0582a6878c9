package io.lightstream.transport;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.concurrent.Executor;

/** A thread for each task: virtual where the JVM has such, which this code, compiled for 17, can only ask by name. */
final class ConnectionThreads {
    private static final int FIRST_WITH_VIRTUAL_THREADS = 21;

    private ConnectionThreads() {}

    static Executor executor() {
        return Runtime.version().feature() >= FIRST_WITH_VIRTUAL_THREADS ? virtual() : ConnectionThreads::startDaemon;
    }

    private static void startDaemon(Runnable task) {
        Thread thread = new Thread(task, "lightstream-connection");
        thread.setDaemon(true);
        thread.start();
    }

    private static Executor virtual() {
        MethodHandle start;
        try {
            start = MethodHandles.publicLookup()
                    .findStatic(
                            Thread.class, "startVirtualThread", MethodType.methodType(Thread.class, Runnable.class));
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("Thread.startVirtualThread is part of Java " + FIRST_WITH_VIRTUAL_THREADS, e);
        }
        return task -> startVirtual(start, task);
    }

    private static void startVirtual(MethodHandle start, Runnable task) {
        try {
            Thread unused = (Thread) start.invokeExact(task);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new AssertionError("startVirtualThread declares no checked exception", e);
        }
    }
}
