package io.lightstream.cli;

import io.lightstream.codec.internal.Closeables;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** A folder for sockets and the like that is gone when it is closed, with what is in it, or when a signal ends the process. */
final class ScratchFolder implements Closeable {
    private final Path path;
    private final Thread deleteOnExit;

    private ScratchFolder(Path path) {
        this.path = path;
        this.deleteOnExit = new Thread(this::deleteUnchecked, "lightstream scratch");
    }

    static ScratchFolder create() throws IOException {
        ScratchFolder folder = new ScratchFolder(Files.createTempDirectory("lightstream"));
        try {
            Runtime.getRuntime().addShutdownHook(folder.deleteOnExit);
        } catch (IllegalStateException e) { // a signal came before
            Closeables.closeAfter(e, folder::delete);
            throw e;
        }
        return folder;
    }

    /** A file in it, which need not exist. */
    Path resolve(String name) {
        return path.resolve(name);
    }

    @Override
    public void close() throws IOException {
        try {
            Runtime.getRuntime().removeShutdownHook(deleteOnExit);
        } catch (IllegalStateException e) {
            return; // the JVM is on its way out and runs the hook
        }
        delete();
    }

    private void deleteUnchecked() {
        try {
            delete();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Others may delete in it at the same time: a server deletes its socket. */
    private void delete() throws IOException {
        if (!Files.exists(path)) {
            return;
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(path)) {
            for (Path file : files) {
                Files.deleteIfExists(file);
            }
        }
        Files.deleteIfExists(path);
    }
}
