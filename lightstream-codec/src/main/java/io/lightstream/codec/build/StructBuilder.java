package io.lightstream.codec.build;

import io.lightstream.codec.schema.Field;
import io.lightstream.codec.schema.Schema;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Builds structs: append one value to each child, then close the row with {@link #endStruct()}. The entries of a map are
 * structs too.
 */
public final class StructBuilder extends ColumnBuilder implements ColumnBuilders {
    private final Schema names;
    private final Set<String> childNames;
    private final List<ColumnBuilder> children;

    StructBuilder(Field field, BuilderMemory memory, List<ColumnBuilder> children) {
        super(field, memory);
        this.names = new Schema(field.children(), Map.of());
        this.childNames = new LinkedHashSet<>(names.names());
        this.children = children;
    }

    @Override
    public ColumnBuilder column(int index) {
        return children.get(index);
    }

    @Override
    public ColumnBuilder column(String name) {
        return children.get(names.indexOf(name));
    }

    /** Names of the children, each once, in order. */
    Set<String> childNames() {
        return childNames;
    }

    /**
     * Appends a row with the values that were appended to the children.
     *
     * @throws IllegalStateException where it is not one for each, naming the child
     */
    public void endStruct() {
        requireChildren(length + 1);
        length++;
    }

    private void requireChildren(long rows) {
        for (int i = 0; i < children.size(); i++) {
            if (children.get(i).length != rows) {
                throw incomplete("rows of child '" + names.field(i).name() + "': expected " + rows + ", found "
                        + children.get(i).length);
            }
        }
    }

    @Override
    void appendAbsent() {
        requireChildren(length);
        validity.markNull(length);
        try {
            for (ColumnBuilder child : children) {
                child.appendAbsent();
            }
        } catch (RuntimeException e) {
            children.forEach(child -> child.truncate(length));
            validity.truncate(length, length + 1);
            throw e;
        }
        length++;
    }

    @Override
    boolean sameValue(long a, long b) {
        if (validity.isNull(a) || validity.isNull(b)) {
            return validity.isNull(a) && validity.isNull(b);
        }
        for (ColumnBuilder child : children) {
            if (!child.sameValue(a, b)) {
                return false;
            }
        }
        return true;
    }

    @Override
    int hashValue(long row) {
        if (validity.isNull(row)) {
            return 0;
        }
        int hash = 1;
        for (ColumnBuilder child : children) {
            hash = NativeBytes.join(hash, child.hashValue(row));
        }
        return hash;
    }

    @Override
    void truncate(long newLength) {
        children.forEach(child -> child.truncate(newLength));
        validity.truncate(newLength, length);
        length = newLength;
    }

    @Override
    void checkComplete() {
        requireChildren(length);
        children.forEach(ColumnBuilder::checkComplete);
    }

    @Override
    Handover.Part handOver(Handover to) {
        long[] buffers = new long[2];
        long nulls = validity.handOver(buffers, length, to);
        List<Handover.Part> parts =
                children.stream().map(child -> child.handOver(to)).toList();
        return finished(nulls, buffers, parts, to);
    }

    @Override
    void close() {
        validity.close();
        children.forEach(ColumnBuilder::close);
        length = 0;
    }
}
