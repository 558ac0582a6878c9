package io.lightstream.codec.ipc;

import io.lightstream.codec.ReadLimits;
import io.lightstream.codec.schema.Schema;
import java.util.Objects;
import java.util.Optional;

/**
 * How a file is appended to. Immutable; start from {@link #defaults()}.
 *
 * @param writing how the new messages are written; its sink names the file in errors
 * @param limits bounds on what the existing file may ask for
 * @param schema what the file must have; where absent, whatever it has
 * @param durability what is forced to the device, where the channel is a {@link java.nio.channels.FileChannel}
 */
public record IpcAppendOptions(
        IpcWriteOptions writing, ReadLimits limits, Optional<Schema> schema, Durability durability) {
    private static final IpcAppendOptions DEFAULTS = new IpcAppendOptions(
            IpcWriteOptions.defaults().withSink("file"), ReadLimits.defaults(), Optional.empty(), Durability.END);

    public IpcAppendOptions {
        Objects.requireNonNull(writing, "writing");
        Objects.requireNonNull(limits, "limits");
        Objects.requireNonNull(schema, "schema");
        Objects.requireNonNull(durability, "durability");
    }

    /** The default options of writing and limits, any schema, {@link Durability#END}. */
    public static IpcAppendOptions defaults() {
        return DEFAULTS;
    }

    /** These options with other ones of writing. */
    public IpcAppendOptions withWriting(IpcWriteOptions options) {
        return new IpcAppendOptions(options, limits, schema, durability);
    }

    /** These options with another name of the file in errors. */
    public IpcAppendOptions withSink(String name) {
        return withWriting(writing.withSink(name));
    }

    /** These options with other limits. */
    public IpcAppendOptions withLimits(ReadLimits newLimits) {
        return new IpcAppendOptions(writing, newLimits, schema, durability);
    }

    /** These options for files of this schema only. */
    public IpcAppendOptions withSchema(Schema expected) {
        return new IpcAppendOptions(writing, limits, Optional.of(expected), durability);
    }

    /** These options with another durability. */
    public IpcAppendOptions withDurability(Durability newDurability) {
        return new IpcAppendOptions(writing, limits, schema, newDurability);
    }
}
