package io.lightstream.cli;

import java.util.Locale;

/** Amounts as people read them. Units are powers of ten, as those of networks and disks. */
final class Amounts {
    private static final String[] UNITS = {"B", "kB", "MB", "GB", "TB", "PB", "EB"};

    private Amounts() {}

    /** Such as {@code 2.91 MB}. */
    static String bytes(double count) {
        int unit = 0;
        double scaled = count;
        while (scaled >= 999.5 && unit < UNITS.length - 1) {
            scaled /= 1000;
            unit++;
        }
        int decimals = unit == 0 || scaled >= 100 ? 0 : scaled >= 10 ? 1 : 2;
        return String.format(Locale.ROOT, "%." + decimals + "f %s", scaled, UNITS[unit]);
    }

    /** Such as {@code 2.91 GB/s}. */
    static String rate(double bytes, double seconds) {
        return bytes(bytes / seconds) + "/s";
    }

    /** Such as {@code 10,000,000}. */
    static String count(long count) {
        return String.format(Locale.ROOT, "%,d", count);
    }
}
