package io.lightstream.cli;

import io.lightstream.codec.Validation;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** The levels of {@link Validation} as users write them. */
final class ValidationConverter implements ITypeConverter<Validation> {
    @Override
    public Validation convert(String value) {
        return switch (value) {
            case "structure" -> Validation.STRUCTURE;
            case "full" -> Validation.FULL;
            case "full-utf8" -> Validation.FULL_UTF8;
            default ->
                throw new TypeConversionException("expected structure, full or full-utf8, found '" + value + "'");
        };
    }
}
