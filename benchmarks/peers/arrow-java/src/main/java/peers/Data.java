package peers;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.UInt4Vector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.dictionary.Dictionary;
import org.apache.arrow.vector.dictionary.DictionaryProvider;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.DictionaryEncoding;
import org.apache.arrow.vector.types.pojo.FieldType;

/** The shapes of benchmarks/README.md. */
enum Data {
    A(100_000, 64),
    B(1_000_000, 8),
    C(100, 10_000),
    D(8_388_608, 4),
    E(1_000, 32),
    K(128, 1),
    G(134_217_728, 1);

    private static final List<String> KINDS = List.of("alpha", "beta", "gamma");
    private static final DictionaryEncoding ENCODING =
            new DictionaryEncoding(1, false, new ArrowType.Int(32, false));

    private final int rows;
    private final int batchesPerStream;

    Data(int rows, int batchesPerStream) {
        this.rows = rows;
        this.batchesPerStream = batchesPerStream;
    }

    static Data named(String name) {
        return valueOf(name);
    }

    /** How many batches the streams have that are decoded from memory. */
    int batchesPerStream() {
        return batchesPerStream;
    }

    VectorSchemaRoot root(BufferAllocator allocator) {
        List<FieldVector> vectors =
                switch (this) {
                    case A, C -> mixed(allocator);
                    case B -> {
                        List<FieldVector> columns = new ArrayList<>();
                        for (int column = 0; column < 4; column++) {
                            columns.add(longs("c" + column, allocator, column + 1, 0));
                        }
                        yield columns;
                    }
                    case D, K, G -> List.of(longs("c0", allocator, 1, 0));
                    case E -> {
                        List<FieldVector> columns = new ArrayList<>();
                        for (int column = 0; column < 1_000; column++) {
                            columns.add(longs("c" + column, allocator, 1, column));
                        }
                        yield columns;
                    }
                };
        VectorSchemaRoot root = new VectorSchemaRoot(vectors);
        root.setRowCount(rows);
        return root;
    }

    private FieldVector longs(String name, BufferAllocator allocator, long factor, long summand) {
        BigIntVector vector = new BigIntVector(name, allocator);
        vector.allocateNew(rows);
        for (int row = 0; row < rows; row++) {
            vector.set(row, row * factor + summand);
        }
        vector.setValueCount(rows);
        return vector;
    }

    private List<FieldVector> mixed(BufferAllocator allocator) {
        IntVector id = new IntVector("id", allocator);
        Float8Vector value = new Float8Vector("value", allocator);
        VarCharVector name = new VarCharVector("name", allocator);
        UInt4Vector kind = new UInt4Vector(
                "kind", new FieldType(true, new ArrowType.Int(32, false), ENCODING), allocator);
        id.allocateNew(rows);
        value.allocateNew(rows);
        name.allocateNew(rows * 9L, rows);
        kind.allocateNew(rows);
        for (int row = 0; row < rows; row++) {
            id.set(row, row);
            value.set(row, row * 0.5);
            name.setSafe(row, ("row_" + row).getBytes(StandardCharsets.US_ASCII));
            kind.set(row, row % KINDS.size());
        }
        List<FieldVector> columns = List.of(id, value, name, kind);
        columns.forEach(column -> column.setValueCount(rows));
        return columns;
    }

    DictionaryProvider dictionaries(BufferAllocator allocator) {
        VarCharVector kinds = new VarCharVector("kinds", allocator);
        kinds.allocateNew();
        for (int i = 0; i < KINDS.size(); i++) {
            kinds.setSafe(i, KINDS.get(i).getBytes(StandardCharsets.US_ASCII));
        }
        kinds.setValueCount(KINDS.size());
        return new DictionaryProvider.MapDictionaryProvider(new Dictionary(kinds, ENCODING));
    }
}
