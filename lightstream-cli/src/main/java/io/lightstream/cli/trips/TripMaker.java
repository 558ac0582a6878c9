package io.lightstream.cli.trips;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.lightstream.codec.RecordBatch;
import io.lightstream.codec.build.BatchBuilder;
import io.lightstream.codec.build.ByteBuilder;
import io.lightstream.codec.build.BytesBuilder;
import io.lightstream.codec.build.DecimalBuilder;
import io.lightstream.codec.build.DictionaryBuilder;
import io.lightstream.codec.build.DoubleBuilder;
import java.util.List;
import java.util.Locale;
import org.apache.arrow.memory.BufferAllocator;

/** Makes the columns that repeat, from a sequence of numbers that only looks like chance. */
final class TripMaker implements AutoCloseable {
    private static final List<String> VENDORS =
            List.of("Amber Cabs", "Blue Line", "City Wheels", "Dispatch 24", "Elm Street Rides", "Fjord Taxi");
    private static final int ZONES = 260;
    private static final List<byte[]> NOTES = List.of(
            "airport".getBytes(UTF_8),
            "paid in cash".getBytes(UTF_8),
            "two suitcases and a bicycle".getBytes(UTF_8),
            "Umweg über die Brücke".getBytes(UTF_8),
            "料金は会社払い".getBytes(UTF_8));

    private final BatchBuilder builder;
    private final DictionaryBuilder vendors;
    private final DictionaryBuilder zones;
    private final ByteBuilder passengers;
    private final DoubleBuilder distances;
    private final DecimalBuilder fares;
    private final DecimalBuilder tips;
    private final BytesBuilder notes;
    private long sequence = 1;

    TripMaker(BufferAllocator allocator) {
        builder = BatchBuilder.create(TripSchema.REPEATED, allocator);
        vendors = builder.column(TripSchema.VENDOR).as(DictionaryBuilder.class);
        zones = builder.column(TripSchema.ZONE).as(DictionaryBuilder.class);
        passengers = builder.column(TripSchema.PASSENGERS).as(ByteBuilder.class);
        distances = builder.column(TripSchema.DISTANCE).as(DoubleBuilder.class);
        fares = builder.column(TripSchema.FARE).as(DecimalBuilder.class);
        tips = builder.column(TripSchema.TIP).as(DecimalBuilder.class);
        notes = builder.column(TripSchema.NOTE).as(BytesBuilder.class);
        BytesBuilder vendorNames = vendors.values().as(BytesBuilder.class);
        VENDORS.forEach(vendorNames::append);
        BytesBuilder zoneNames = zones.values().as(BytesBuilder.class);
        for (int i = 0; i < ZONES; i++) {
            zoneNames.append(String.format(Locale.ROOT, "Zone %03d", i));
        }
    }

    /** The next rows; the caller closes the batch. */
    RecordBatch make(int rows) {
        builder.reserve(rows);
        for (int i = 0; i < rows; i++) {
            appendRow(mix(sequence), mix(~sequence));
            sequence++;
        }
        return builder.finish();
    }

    private void appendRow(long chance, long more) {
        vendors.appendIndex(part(chance, 0, VENDORS.size()));
        zones.appendIndex(part(chance, 16, ZONES));
        if (part(chance, 32, 20) == 0) {
            passengers.appendNull();
        } else {
            passengers.append(1 + part(chance, 48, 6));
        }
        int metres = 400 + part(more, 0, 30_000);
        int fareCents = 350 + metres / 4;
        distances.append(metres / 1000.0);
        fares.appendUnscaled(fareCents);
        if (part(more, 16, 3) == 0) {
            tips.appendNull();
        } else {
            tips.appendUnscaled(fareCents / (4 + part(more, 32, 8)));
        }
        int note = part(more, 48, 4 * NOTES.size());
        if (note < NOTES.size()) {
            notes.append(NOTES.get(note));
        } else {
            notes.appendNull();
        }
    }

    /** A number below {@code bound} out of 16 bits. */
    private static int part(long chance, int shift, int bound) {
        return (int) ((((chance >>> shift) & 0xFFFF) * bound) >>> 16);
    }

    /** The finalizer of SplitMix64: every bit of the result depends on every bit of the number. */
    static long mix(long number) {
        long mixed = number + 0x9E3779B97F4A7C15L;
        mixed = (mixed ^ (mixed >>> 30)) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
        return mixed ^ (mixed >>> 31);
    }

    @Override
    public void close() {
        builder.close();
    }
}
