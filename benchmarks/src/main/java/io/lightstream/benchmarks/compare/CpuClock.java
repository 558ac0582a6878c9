package io.lightstream.benchmarks.compare;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads the user and system time of another process, so that every contender is measured by the same clock. */
final class CpuClock {
    /** Linux reports times in these on every architecture, whatever the kernel's own tick is. */
    private static final double TICKS_PER_SECOND = 100;
    /** Fields of {@code /proc/PID/stat}, counted from the one behind the command's closing parenthesis. */
    private static final int UTIME = 11;

    private static final int STIME = 12;

    private CpuClock() {}

    static double seconds(long pid) throws IOException {
        String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        return (Long.parseLong(fields[UTIME]) + Long.parseLong(fields[STIME])) / TICKS_PER_SECOND;
    }
}
