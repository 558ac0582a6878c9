package io.lightstream.codec.build;

import io.lightstream.codec.memory.NativeMemory;
import io.lightstream.codec.schema.DataType;
import io.lightstream.codec.schema.Field;
import java.util.List;
import java.util.Objects;

/**
 * Builds dictionary-encoded columns. Append one value to {@link #values()}, then its row with {@link #endValue()}: a value
 * that the dictionary holds already is not stored again. Or fill {@link #values()} first and append indices.
 *
 * <p>The dictionary grows from batch to batch, so that a writer can send what is new as a delta; batches share its memory.
 * Columns whose fields name the same dictionary id share one. {@link BatchBuilder#resetDictionaries()} starts anew.
 */
public final class DictionaryBuilder extends ColumnBuilder {
    private static final int INDICES = 1;

    private final Dictionary dictionary;
    private final GrowableBuffer indices;
    private final int width;
    private final long most;

    DictionaryBuilder(Field field, BuilderMemory memory, Dictionary dictionary) {
        super(field, memory);
        DataType.Int type = (DataType.Int) field.storageType();
        this.dictionary = dictionary;
        this.indices = new GrowableBuffer(memory);
        this.width = type.byteWidth();
        int valueBits = type.bitWidth() - (type.signed() ? 1 : 0);
        this.most = valueBits >= Long.SIZE - 1 ? Long.MAX_VALUE : (1L << valueBits) - 1;
    }

    /** Builder of the dictionary's values. */
    public ColumnBuilder values() {
        return dictionary.values();
    }

    /**
     * Appends a row with the value that was appended to {@link #values()}.
     *
     * @throws IllegalStateException where it is not one value
     * @throws ColumnOverflowException where the value is new and the index type has no index for it
     */
    public void endValue() {
        long open = values().length - dictionary.size();
        if (open != 1) {
            throw incomplete("new values of row " + length + ": expected 1, found " + open);
        }
        try {
            reserve(1);
        } catch (RuntimeException e) {
            dictionary.dropOpen();
            throw e;
        }
        int index = dictionary.indexOfAppended(most);
        if (index < 0) {
            throw new ColumnOverflowException(
                    field().name(), "values of the dictionary", Math.min(most, Dictionary.MOST_VALUES - 1) + 1);
        }
        put(length, index);
        length++;
    }

    /**
     * Appends text or bytes to a dictionary of such; see {@link #endValue()}.
     *
     * @throws ColumnOverflowException where the value is new and the index type has no index for it
     */
    public void append(CharSequence text) {
        values().as(BytesBuilder.class).append(text);
        endValue();
    }

    /**
     * Appends {@code count} bytes of an array from index {@code at} to a dictionary of text or binary; see {@link #endValue()}.
     *
     * @throws ColumnOverflowException where the value is new and the index type has no index for it
     */
    public void append(byte[] bytes, int at, int count) {
        values().as(BytesBuilder.class).append(bytes, at, count);
        endValue();
    }

    /**
     * Appends a row with a value that the dictionary holds; everything appended to {@link #values()} belongs to it.
     *
     * @throws IndexOutOfBoundsException where it does not hold as many
     * @throws ColumnOverflowException where the index type has no such index
     */
    public void appendIndex(int index) {
        dictionary.adopt();
        Objects.checkIndex(index, dictionary.size());
        if (index > most) {
            throw new ColumnOverflowException(field().name(), "values of the dictionary", most + 1);
        }
        reserve(1);
        put(length, index);
        length++;
    }

    @Override
    public void reserve(long rows) {
        indices.reserve(length * width, (length + rows) * width);
    }

    private void put(long row, int index) {
        long at = indices.address() + row * width;
        switch (width) {
            case 1 -> NativeMemory.putByte(at, (byte) index);
            case 2 -> NativeMemory.putShort(at, (short) index);
            case 4 -> NativeMemory.putInt(at, index);
            default -> NativeMemory.putLong(at, index);
        }
    }

    private int index(long row) {
        long at = indices.address() + row * width;
        return switch (width) {
            case 1 -> NativeMemory.getByte(at) & 0xFF;
            case 2 -> NativeMemory.getShort(at) & 0xFFFF;
            default -> NativeMemory.getInt(at);
        };
    }

    @Override
    void appendAbsent() {
        reserve(1);
        validity.markNull(length);
        put(length, 0);
        length++;
    }

    @Override
    boolean sameValue(long a, long b) {
        return validity.isNull(a) == validity.isNull(b) && index(a) == index(b);
    }

    @Override
    int hashValue(long row) {
        return validity.isNull(row) ? -1 : index(row);
    }

    @Override
    void truncate(long newLength) {
        dictionary.dropOpen();
        validity.truncate(newLength, length);
        length = newLength;
    }

    @Override
    void checkComplete() {
        dictionary.adopt();
        values().checkComplete();
    }

    @Override
    Handover.Part handOver(Handover to) {
        long[] buffers = new long[4];
        long nulls = validity.handOver(buffers, length, to);
        indices.handOver(buffers, INDICES, length * width, to);
        Handover.Part part = part(nulls, buffers, List.of(), to.dictionary(dictionary));
        if (!to.shares()) {
            length = 0;
        }
        return part;
    }

    @Override
    void close() {
        validity.close();
        indices.close();
        dictionary.close();
        length = 0;
    }
}
