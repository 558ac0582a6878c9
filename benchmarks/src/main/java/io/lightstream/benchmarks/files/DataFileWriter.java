package io.lightstream.benchmarks.files;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;

import io.lightstream.codec.RecordBatch;
import io.lightstream.codec.build.BatchBuilder;
import io.lightstream.codec.build.BoolBuilder;
import io.lightstream.codec.build.DoubleBuilder;
import io.lightstream.codec.build.IntBuilder;
import io.lightstream.codec.build.LongBuilder;
import io.lightstream.codec.ipc.IpcFileWriter;
import io.lightstream.codec.ipc.IpcWriteOptions;
import io.lightstream.codec.memory.LightstreamMemory;
import io.lightstream.codec.schema.DataType;
import io.lightstream.codec.schema.Field;
import io.lightstream.codec.schema.Schema;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/** Writes data files that are not there yet. A file of one batch takes its 2 GB of memory once. */
public final class DataFileWriter {
    private static final Schema VALUES = Schema.of(
            Field.of("id", new DataType.Int(64, true)),
            Field.of("value", new DataType.FloatingPoint(64)),
            Field.of("kind", new DataType.Int(32, false)),
            Field.of("flag", new DataType.Bool()));
    private static final Schema NULLS = Schema.of(Field.of("value", new DataType.FloatingPoint(64)));

    private final DataFile file;
    private final LightstreamMemory memory;

    private DataFileWriter(DataFile file, LightstreamMemory memory) {
        this.file = file;
        this.memory = memory;
    }

    /**
     * Writes the files wanted.
     *
     * @param arguments the folder, and names of constants of {@link DataFile}
     * @throws IOException when a file cannot be written
     */
    public static void main(String[] arguments) throws IOException {
        Path folder = Files.createDirectories(Path.of(arguments[0]));
        for (String name : List.of(arguments).subList(1, arguments.length)) {
            DataFile file = DataFile.valueOf(name);
            if (Files.notExists(file.in(folder))) {
                System.err.println("writing " + file.in(folder));
                try (LightstreamMemory memory = LightstreamMemory.create()) {
                    new DataFileWriter(file, memory).write(folder);
                }
            }
        }
    }

    /** A file gets its name when it is whole, so that one left by a run that was stopped is never used. */
    private void write(Path folder) throws IOException {
        Path target = file.in(folder);
        Path unfinished = target.resolveSibling(target.getFileName() + ".new");
        List<String> blocks = new ArrayList<>();
        FileChannel channel = FileChannel.open(unfinished, CREATE, WRITE, TRUNCATE_EXISTING);
        try (IpcFileWriter writer = IpcFileWriter.open(channel, schema(), IpcWriteOptions.defaults());
                BatchBuilder builder = BatchBuilder.create(schema(), memory)) {
            for (int index = 0; index < file.batches(); index++) {
                append(builder, index * file.rowsPerBatch());
                try (RecordBatch batch = builder.finish()) {
                    writer.write(batch);
                    blocks.add(batch.rowCount() + " " + writer.lastMessage().bodyOffset());
                }
            }
        }
        Files.write(file.blocksIn(folder), blocks);
        Files.move(unfinished, target, StandardCopyOption.ATOMIC_MOVE);
    }

    private Schema schema() {
        return file.hasNulls() ? NULLS : VALUES;
    }

    private void append(BatchBuilder builder, long first) {
        builder.reserve(file.rowsPerBatch());
        if (file.hasNulls()) {
            appendNullable(builder.doubles("value"), first, first + file.rowsPerBatch());
        } else {
            appendAll(builder, first, first + file.rowsPerBatch());
        }
    }

    private static void appendAll(BatchBuilder builder, long from, long to) {
        LongBuilder ids = builder.longs("id");
        DoubleBuilder values = builder.doubles("value");
        IntBuilder kinds = builder.ints("kind");
        BoolBuilder flags = builder.bools("flag");
        for (long row = from; row < to; row++) {
            ids.append(DataFile.id(row));
            values.append(DataFile.value(row));
            kinds.append(DataFile.kind(row));
            flags.append(DataFile.flag(row));
        }
    }

    /** Something lies under the nulls too, so that a sum that does not look at the validity is wrong. */
    private static void appendNullable(DoubleBuilder values, long from, long to) {
        for (long row = from; row < to; row++) {
            values.append(DataFile.value(row));
            if (DataFile.isNull(row)) {
                values.markNull(row - from);
            }
        }
    }
}
