package io.lightstream.cli.inspect;

import java.io.IOException;
import java.io.Writer;

/** How an inspection is printed. */
@FunctionalInterface
public interface Report {
    /** Prints; the writer stays open. */
    void print(Inspection inspection, Writer out) throws IOException;

    /** For people. */
    static Report table() {
        return new TableReport();
    }

    /** A line for each thing, whose first part says what it is. */
    static Report tsv() {
        return new TsvReport();
    }

    /** One JSON object. */
    static Report json() {
        return new JsonReport();
    }
}
