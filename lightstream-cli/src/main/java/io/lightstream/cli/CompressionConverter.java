package io.lightstream.cli;

import io.lightstream.codec.ipc.Compression;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Compressions as users write them, which is also how they print themselves. */
final class CompressionConverter implements ITypeConverter<Compression> {
    private static final String ZSTD_LEVEL = "zstd:";

    @Override
    public Compression convert(String value) {
        return switch (value) {
            case "none" -> Compression.NONE;
            case "lz4" -> Compression.LZ4_FRAME;
            case "zstd" -> Compression.ZSTD;
            default -> level(value);
        };
    }

    private static Compression level(String value) {
        try {
            if (value.startsWith(ZSTD_LEVEL)) {
                return Compression.zstd(Integer.parseInt(value.substring(ZSTD_LEVEL.length())));
            }
        } catch (NumberFormatException e) {
            // said below
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(e.getMessage());
        }
        throw new TypeConversionException("expected none, lz4, zstd or zstd:LEVEL, found '" + value + "'");
    }
}
