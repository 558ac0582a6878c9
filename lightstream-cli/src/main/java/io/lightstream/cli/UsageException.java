package io.lightstream.cli;

/** The command line asks for what does not exist or does not go together. */
final class UsageException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UsageException(String message) {
        super(message);
    }

    /** What the library refused, in its words. */
    UsageException(IllegalArgumentException refused) {
        this(String.valueOf(refused.getMessage()), refused);
    }

    UsageException(String message, Throwable cause) {
        super(message, cause);
    }

    /** What the library refused of {@code source}, in its words and with the name of the source. */
    static UsageException of(String source, IllegalArgumentException refused) {
        String message = String.valueOf(refused.getMessage());
        return new UsageException(message.startsWith("[") ? message : "[" + source + "] " + message, refused);
    }
}
