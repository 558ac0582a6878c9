package io.lightstream.mmap;

import io.lightstream.codec.RecordBatch;
import java.io.IOException;
import java.nio.file.Path;

/** Reads some values of the first batch of a file, one by one and in bulk, and prints their sum. */
final class ColdStartProbe {
    private ColdStartProbe() {}

    @SuppressWarnings("SystemOut") // that is how it reports
    public static void main(String[] args) throws IOException {
        try (MappedArrowFile file = MappedArrowFile.open(Path.of(args[0]));
                RecordBatch batch = file.batch(0)) {
            long ids = batch.column("id").longs().get(2) + batch.column("id").getLong(1);
            double prices = batch.column("price").getDouble(0);
            System.out.println(ids
                    + prices
                    + batch.column("name").getString(2)
                    + batch.column("kind").getString(1));
        }
    }
}
