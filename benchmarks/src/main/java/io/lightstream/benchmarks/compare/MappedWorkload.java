package io.lightstream.benchmarks.compare;

import io.lightstream.benchmarks.compare.Contender.Skill;
import io.lightstream.benchmarks.files.DataFile;
import java.nio.file.Path;
import java.util.List;

/** Work on a mapped file. */
sealed interface MappedWorkload extends Workload.InOneProcess {
    /** The file. */
    DataFile file();

    /** Files opened until the columns of batches are there, and closed; one of the two is timed. */
    record Opening(Moment moment, DataFile file, Path folder) implements MappedWorkload {
        /** More batches than this are not all opened: only the first and the last. */
        private static final int MOST_OPENED = 100;

        private static final int COLUMNS = 4;

        @Override
        public String name() {
            return "mmap/" + moment.label() + "/" + file.batches();
        }

        @Override
        public Skill skill() {
            return Skill.OPEN;
        }

        @Override
        public List<Metric> metrics() {
            return List.of(Metric.MICROSECONDS);
        }

        @Override
        public long dataBytes() {
            return file.in(folder).toFile().length();
        }

        /** Of every batch the lengths of its columns, and of the last one a value of each column. */
        @Override
        public long checksum(long steps) {
            long batches = opensAll() ? file.batches() : 2;
            long lengths = batches * COLUMNS * file.rowsPerBatch();
            long sum = 0;
            for (long step = 0; step < steps; step++) {
                long row = DataFile.ROWS - file.rowsPerBatch() + Shape.probedRow(step, file.rowsPerBatch());
                long flag = DataFile.flag(row) ? 1 : 0;
                sum += lengths + DataFile.id(row) + (long) DataFile.value(row) + DataFile.kind(row) + flag;
            }
            return sum;
        }

        private boolean opensAll() {
            return file.batches() <= MOST_OPENED;
        }

        @Override
        public List<String> arguments() {
            String which = opensAll() ? "all" : "ends";
            return List.of("mmap", moment.label(), which, file.in(folder).toString());
        }
    }

    /** A column of a mapped file summed up. */
    record Summing(SummedColumn column, DataFile file, Path folder) implements MappedWorkload {
        @Override
        public String name() {
            return "mmap/sum/" + column.label() + (file.batches() == 1 ? "" : "-" + file.batches());
        }

        @Override
        public Skill skill() {
            return Skill.SUM;
        }

        @Override
        public List<Metric> metrics() {
            return List.of(Metric.GIGABYTES_PER_SECOND);
        }

        @Override
        public long dataBytes() {
            return DataFile.ROWS * Long.BYTES;
        }

        @Override
        public long checksum(long steps) {
            return steps * column.sum();
        }

        @Override
        public List<String> arguments() {
            return List.of("mmap", "sum", column.label(), file.in(folder).toString());
        }
    }

    /** A whole new process, until it has the columns of a file's only batch; see {@link ColdSession}. */
    record ColdStart(DataFile file, Path folder) implements MappedWorkload {
        @Override
        public String name() {
            return "mmap/cold/" + file.batches();
        }

        @Override
        public Skill skill() {
            return Skill.COLD;
        }

        @Override
        public List<Metric> metrics() {
            return List.of(Metric.MILLISECONDS);
        }

        @Override
        public long dataBytes() {
            return opening().dataBytes();
        }

        /** Each process is at its first step. */
        @Override
        public long checksum(long steps) {
            return steps * opening().checksum(1);
        }

        @Override
        public List<String> arguments() {
            return List.of("mmap", "cold", "all", file.in(folder).toString());
        }

        @Override
        public long fewestSteps() {
            return 10;
        }

        private Opening opening() {
            return new Opening(Moment.OPEN, file, folder);
        }
    }

    /** The part of a mapping's life that is timed. */
    enum Moment {
        OPEN("open"),
        CLOSE("close");

        private final String label;

        Moment(String label) {
            this.label = label;
        }

        String label() {
            return label;
        }
    }
}
