package io.lightstream.cli.trips;

import io.lightstream.codec.schema.DataType;
import io.lightstream.codec.schema.DictionaryEncoding;
import io.lightstream.codec.schema.Field;
import io.lightstream.codec.schema.Schema;
import io.lightstream.codec.schema.TimeUnit;
import java.util.Optional;
import java.util.stream.Stream;

/** Columns of the table; the first three differ in every row, the others repeat after some batches. */
final class TripSchema {
    static final String ID = "trip_id";
    static final String PICKUP = "pickup";
    static final String DROPOFF = "dropoff";
    static final String VENDOR = "vendor";
    static final String ZONE = "zone";
    static final String PASSENGERS = "passengers";
    static final String DISTANCE = "distance_km";
    static final String FARE = "fare";
    static final String TIP = "tip";
    static final String NOTE = "note";

    private static final DataType MONEY = new DataType.Decimal(9, 2, 128);
    private static final DataType INSTANT = new DataType.Timestamp(TimeUnit.MICROSECOND, Optional.of("UTC"));

    /** What is made anew for each batch. */
    static final Schema FRESH = Schema.of(
            Field.required(ID, new DataType.Int(64, true)),
            Field.required(PICKUP, INSTANT),
            Field.required(DROPOFF, INSTANT));

    /** What repeats. */
    static final Schema REPEATED = Schema.of(
            Field.required(VENDOR, new DataType.Utf8())
                    .withDictionary(new DictionaryEncoding(0, new DataType.Int(8, true), false)),
            Field.required(ZONE, new DataType.Utf8())
                    .withDictionary(new DictionaryEncoding(1, new DataType.Int(16, true), false)),
            Field.of(PASSENGERS, new DataType.Int(8, true)),
            Field.required(DISTANCE, new DataType.FloatingPoint(64)),
            Field.required(FARE, MONEY),
            Field.of(TIP, MONEY),
            Field.of(NOTE, new DataType.Utf8()));

    /** The whole table. */
    static final Schema TABLE = Schema.of(
            Stream.concat(FRESH.fields().stream(), REPEATED.fields().stream()).toArray(Field[]::new));

    private TripSchema() {}
}
