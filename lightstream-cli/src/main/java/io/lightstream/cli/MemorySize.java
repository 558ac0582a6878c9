package io.lightstream.cli;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A number of bytes as users write it: {@code 4096}, {@code 256m}, {@code 2GiB}. */
record MemorySize(long bytes) {
    private static final Pattern SYNTAX = Pattern.compile("(\\d{1,18})([kmgt]?)(i?b)?");
    private static final String UNITS = "kmgt";

    /** For picocli. */
    static final class Converter implements ITypeConverter<MemorySize> {
        @Override
        public MemorySize convert(String value) {
            Matcher matcher = SYNTAX.matcher(value.toLowerCase(Locale.ROOT));
            if (matcher.matches()) {
                int power = matcher.group(2).isEmpty() ? 0 : UNITS.indexOf(matcher.group(2)) + 1;
                long count = Long.parseLong(matcher.group(1));
                if (count <= Long.MAX_VALUE >> (10 * power)) {
                    return new MemorySize(count << (10 * power));
                }
            }
            throw new TypeConversionException("expected bytes such as 4096, 256m or 2g, found '" + value + "'");
        }
    }
}
