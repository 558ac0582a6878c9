package io.lightstream.cli.trips;

import io.lightstream.codec.BatchReader;
import io.lightstream.codec.Column;
import io.lightstream.codec.RecordBatch;
import io.lightstream.codec.build.BatchBuilder;
import io.lightstream.codec.build.LongBuilder;
import io.lightstream.codec.internal.BorrowedBatch;
import io.lightstream.codec.memory.BatchMemory;
import io.lightstream.codec.memory.LightstreamMemory;
import io.lightstream.codec.memory.NativeMemory;
import io.lightstream.codec.schema.Schema;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.jspecify.annotations.Nullable;

/**
 * Reads the table: batches of 131,072 rows, made at the speed at which sockets move them.
 *
 * <p>Ids and times are made anew for every row. The other columns are made for a few batches and then come again, as
 * otherwise the making would be all that is measured.
 *
 * <p>The batch is borrowed until the next step, as that of any reader.
 */
public final class Trips implements BatchReader {
    /** Rows of all batches but the last. */
    public static final int BATCH_ROWS = 1 << 17;

    private static final int REPEATED_BATCHES = 4;
    /** 2026-01-01T00:00:00Z. */
    private static final long FIRST_PICKUP_MICROS = 1_767_225_600_000_000L;

    private static final long MICROS_BETWEEN_TRIPS = 250_000;
    private static final long SHORTEST_MICROS = 60_000_000;
    private static final long MOST_MICROS_LONGER = (1L << 31) - 1;

    private final long totalRows;
    private final BufferAllocator allocator;
    private final BatchBuilder fresh;
    private final List<RecordBatch> repeated;
    private long nextRow;
    private @Nullable RecordBatch freshBatch;
    private final BorrowedBatch current = new BorrowedBatch();

    /**
     * A reader of {@code rows} trips.
     *
     * @param memory what is made comes from a child of it; borrowed
     */
    public Trips(LightstreamMemory memory, long rows) {
        this.totalRows = rows;
        this.allocator = memory.newChild("trips");
        this.fresh = BatchBuilder.create(TripSchema.FRESH, allocator);
        this.repeated = new ArrayList<>();
        try (TripMaker maker = new TripMaker(allocator)) {
            long batches = (rows + BATCH_ROWS - 1) / BATCH_ROWS;
            for (int i = 0; i < Math.min(batches, REPEATED_BATCHES); i++) {
                repeated.add(maker.make((int) Math.min(rows, BATCH_ROWS)));
            }
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    @Override
    public Schema schema() {
        return TripSchema.TABLE;
    }

    @Override
    public boolean next() {
        release();
        if (nextRow == totalRows) {
            return false;
        }
        int rows = (int) Math.min(BATCH_ROWS, totalRows - nextRow);
        RecordBatch made = makeFresh(rows);
        freshBatch = made;
        RecordBatch again = repeated.get((int) (nextRow / BATCH_ROWS % repeated.size()));
        List<Column> columns = new ArrayList<>(made.columns());
        for (Column column : again.columns()) {
            columns.add(column.slice(0, rows));
        }
        current.lend(RecordBatch.of(TripSchema.TABLE, rows, columns, BatchMemory.none()));
        nextRow += rows;
        return true;
    }

    private RecordBatch makeFresh(int rows) {
        long ids = fresh.column(TripSchema.ID).as(LongBuilder.class).appendUninitialized(rows);
        long pickups = fresh.column(TripSchema.PICKUP).as(LongBuilder.class).appendUninitialized(rows);
        long dropoffs = fresh.column(TripSchema.DROPOFF).as(LongBuilder.class).appendUninitialized(rows);
        for (int i = 0; i < rows; i++) {
            long row = nextRow + i;
            long pickup = FIRST_PICKUP_MICROS + row * MICROS_BETWEEN_TRIPS;
            long at = (long) i << 3;
            NativeMemory.putLong(ids + at, row);
            NativeMemory.putLong(pickups + at, pickup);
            NativeMemory.putLong(dropoffs + at, pickup + SHORTEST_MICROS + (TripMaker.mix(row) & MOST_MICROS_LONGER));
        }
        return fresh.finish();
    }

    /** Always true: the rows are made when they are asked for. */
    @Override
    public boolean hasArrived() {
        return true;
    }

    @Override
    public RecordBatch batch() {
        return current.get();
    }

    private void release() {
        current.release();
        if (freshBatch != null) {
            freshBatch.close();
            freshBatch = null;
        }
    }

    @Override
    public void close() {
        release();
        repeated.forEach(RecordBatch::close);
        repeated.clear();
        fresh.close();
        allocator.close();
    }
}
