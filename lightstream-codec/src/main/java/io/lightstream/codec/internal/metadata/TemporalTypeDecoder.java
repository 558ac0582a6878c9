package io.lightstream.codec.internal.metadata;

import static io.lightstream.codec.internal.metadata.TypeDecoder.member;
import static io.lightstream.codec.internal.metadata.TypeDecoder.unit;

import io.lightstream.codec.schema.DataType;
import io.lightstream.codec.schema.DataType.DateUnit;
import io.lightstream.codec.schema.DataType.IntervalUnit;
import io.lightstream.codec.schema.TimeUnit;
import java.util.Optional;
import org.apache.arrow.flatbuf.Date;
import org.apache.arrow.flatbuf.Duration;
import org.apache.arrow.flatbuf.Field;
import org.apache.arrow.flatbuf.Interval;
import org.apache.arrow.flatbuf.Time;
import org.apache.arrow.flatbuf.Timestamp;
import org.apache.arrow.flatbuf.Type;

/** Reads dates, times, timestamps, durations and intervals; see {@link TypeDecoder}. */
final class TemporalTypeDecoder {
    private TemporalTypeDecoder() {}

    static DataType decode(Field field) {
        return switch (field.typeType()) {
            case Type.Date -> new DataType.Date(unit(DateUnit.values(), ((Date) member(field, new Date())).unit()));
            case Type.Time -> time((Time) member(field, new Time()));
            case Type.Timestamp -> timestamp((Timestamp) member(field, new Timestamp()));
            case Type.Duration -> new DataType.Duration(timeUnit(((Duration) member(field, new Duration())).unit()));
            case Type.Interval ->
                new DataType.Interval(unit(IntervalUnit.values(), ((Interval) member(field, new Interval())).unit()));
            default -> throw new IllegalArgumentException("temporal type of kind " + field.typeType());
        };
    }

    private static DataType time(Time type) {
        return new DataType.Time(timeUnit(type.unit()), type.bitWidth());
    }

    private static DataType timestamp(Timestamp type) {
        String zone = Texts.name(type.timezoneAsByteBuffer());
        Optional<String> known = zone.isEmpty() ? Optional.empty() : Optional.of(zone);
        return new DataType.Timestamp(timeUnit(type.unit()), known);
    }

    /** Arrow C++ takes a unit that it does not know for seconds; what it calls valid is read here as well. */
    private static TimeUnit timeUnit(int ordinal) {
        TimeUnit[] units = TimeUnit.values();
        return ordinal >= 0 && ordinal < units.length ? units[ordinal] : TimeUnit.SECOND;
    }
}
