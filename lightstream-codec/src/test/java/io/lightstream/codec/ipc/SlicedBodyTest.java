package io.lightstream.codec.ipc;

import static org.assertj.core.api.Assertions.assertThat;

import io.lightstream.codec.BatchReader;
import io.lightstream.codec.RecordBatch;
import io.lightstream.codec.build.Columns;
import io.lightstream.codec.compare.BatchComparison;
import io.lightstream.codec.memory.LightstreamMemory;
import io.lightstream.codec.schema.DataType;
import io.lightstream.codec.schema.Field;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.flatbuf.Buffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Of a slice only the slice is sent, and what is sent stands on its own. */
class SlicedBodyTest {
    private static final Field ITEM = Field.of("item", new DataType.Int(32, true));

    private final LightstreamMemory memory = LightstreamMemory.create();

    @AfterEach
    void nothingIsHeld() {
        assertThat(memory.allocator().getAllocatedMemory()).isZero();
        memory.close();
    }

    /** Writes rows of a one-column batch; checks that they are read back. */
    private MessageWalk.Step write(Field field, List<?> values, int from, int count) throws IOException {
        ByteSink sink = new ByteSink();
        try (RecordBatch batch = Columns.batch(memory.allocator(), Columns.of(field, values));
                RecordBatch slice = batch.slice(from, count)) {
            try (IpcStreamWriter out = IpcStreamWriter.open(sink, batch.schema(), IpcWriteOptions.defaults())) {
                out.write(slice);
            }
            try (BatchReader in = IpcStreamReader.open(sink.reopen(), memory.allocator(), IpcReadOptions.defaults())) {
                assertThat(in.next()).isTrue();
                assertThat(BatchComparison.compare(slice, in.batch())).isEmpty();
            }
        }
        return MessageWalk.walk(sink.toBytes(), 0).get(1);
    }

    private static List<Integer> ints(MessageWalk.Step step, int buffer) {
        Buffer place = step.batch().buffers(buffer);
        ByteBuffer body = step.body().order(ByteOrder.LITTLE_ENDIAN);
        List<Integer> values = new ArrayList<>();
        for (long at = place.offset(); at < place.offset() + place.length(); at += Integer.BYTES) {
            values.add(body.getInt((int) at));
        }
        return values;
    }

    @Test
    void textBeginsAtZero() throws IOException {
        MessageWalk.Step step = write(Field.of("a", new DataType.Utf8()), List.of("one", "two", "three", "x"), 1, 2);
        assertThat(ints(step, 1)).containsExactly(0, 3, 8);
        assertThat(step.batch().buffers(2).length()).isEqualTo(8);
    }

    @Test
    void emptyColumnHasOneOffset() throws IOException {
        MessageWalk.Step step = write(Field.of("a", new DataType.Utf8()), List.of("one"), 1, 0);
        assertThat(ints(step, 1)).containsExactly(0);
        assertThat(step.batch().length()).isZero();
    }

    @Test
    void listsBringTheirElementsOnly() throws IOException {
        List<List<Integer>> values = List.of(List.of(1, 2), List.of(3), List.of(), List.of(4, 5, 6));
        MessageWalk.Step step = write(Field.of("a", new DataType.ListType(), ITEM), values, 1, 2);
        assertThat(ints(step, 1)).containsExactly(0, 1, 1);
        assertThat(step.batch().nodes(1).length()).isEqualTo(1);
        assertThat(ints(step, 3)).containsExactly(3);
    }

    @Test
    void listViewsStayInsideOfWhatIsLeftOfTheirElements() throws IOException {
        List<List<Integer>> values = List.of(List.of(1, 2), List.of(), List.of(), List.of(4, 5, 6));
        Field field = Field.of("a", new DataType.ListView(), ITEM);
        MessageWalk.Step empty = write(field, values, 1, 2);
        assertThat(ints(empty, 1)).containsOnly(0);
        assertThat(empty.batch().nodes(1).length()).isZero();
        MessageWalk.Step last = write(field, values, 3, 1);
        assertThat(ints(last, 1)).containsExactly(0);
        assertThat(ints(last, 4)).containsExactly(4, 5, 6);
    }

    @Test
    void viewsBringTheBytesTheyUse() throws IOException {
        List<String> values =
                List.of("a first long text of some bytes", "short", "a second long text", "a third long text");
        MessageWalk.Step step = write(Field.of("a", new DataType.Utf8View()), values, 1, 2);
        assertThat(step.batch().variadicBufferCounts(0)).isEqualTo(1);
        assertThat(step.batch().buffers(2).length()).isEqualTo("a second long text".length());
    }

    @Test
    void bitsMoveAndNothingBehindThemShows() throws IOException {
        List<Boolean> values = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            values.add(i % 3 == 0);
        }
        for (int from = 0; from < 17; from++) {
            for (int count : new int[] {1, 7, 8, 9, 63, 64, 65, 200, 283}) {
                MessageWalk.Step step = write(Field.of("a", new DataType.Bool()), values, from, count);
                Buffer bits = step.batch().buffers(1);
                assertThat(bits.length()).isEqualTo((count + 7) / 8);
                int last = step.body().get((int) (bits.offset() + bits.length() - 1)) & 0xFF;
                assertThat(count % 8 == 0 ? 0 : last >>> (count % 8)).isZero();
            }
        }
    }
}
