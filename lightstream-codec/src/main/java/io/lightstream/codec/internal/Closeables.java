package io.lightstream.codec.internal;

/** Closes what a failed call had opened. */
public final class Closeables {
    private Closeables() {}

    /** Closes all in order because of {@code failure}; what goes wrong on the way is added to it as suppressed. */
    public static void closeAfter(Throwable failure, AutoCloseable... opened) {
        for (AutoCloseable closeable : opened) {
            try {
                closeable.close();
            } catch (Exception e) {
                if (e instanceof InterruptedException) {
                    Thread.currentThread().interrupt();
                }
                failure.addSuppressed(e);
            }
        }
    }
}
