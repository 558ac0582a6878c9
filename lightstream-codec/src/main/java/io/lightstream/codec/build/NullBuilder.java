package io.lightstream.codec.build;

import io.lightstream.codec.schema.Field;
import java.util.List;

/** Builds columns that hold nothing but nulls, which take no memory. */
public final class NullBuilder extends ColumnBuilder {
    private static final long[] NO_BUFFERS = {};

    NullBuilder(Field field, BuilderMemory memory) {
        super(field, memory);
    }

    @Override
    public long nullCount() {
        return length;
    }

    @Override
    void appendAbsent() {
        length++;
    }

    @Override
    void appendAbsent(long count) {
        length += count;
    }

    @Override
    boolean sameValue(long a, long b) {
        return true;
    }

    @Override
    int hashValue(long row) {
        return 0;
    }

    @Override
    void truncate(long newLength) {
        length = newLength;
    }

    @Override
    Handover.Part handOver(Handover to) {
        return finished(length, NO_BUFFERS, List.of(), to);
    }

    @Override
    void close() {
        length = 0;
    }
}
