package io.lightstream.cli;

import io.lightstream.codec.internal.LentChannel;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.GatheringByteChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** New content of a file whose folder takes no other: put together elsewhere, copied over the old one when it is complete. */
final class CopiedFile implements Sink.Completion {
    private final Path target;
    private final FileChannel content;

    private CopiedFile(Path target, FileChannel content) {
        this.target = target;
        this.content = content;
    }

    /** For {@code target}, which exists and is left alone until {@link #commit}. */
    static CopiedFile create(Path target) throws IOException {
        return new CopiedFile(target, Spool.create());
    }

    /** Where the bytes go; closing it does nothing, because they are still to be copied. */
    GatheringByteChannel channel() {
        return new LentChannel(content, () -> {});
    }

    @Override
    public void commit() throws IOException {
        try (content;
                FileOutput out = new FileOutput(
                        target,
                        FileChannel.open(target, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING))) {
            long size = content.size();
            long copied = 0;
            while (copied < size) {
                copied += content.transferTo(copied, size - copied, out);
            }
        }
    }

    @Override
    public void abandon() throws IOException {
        content.close();
    }
}
