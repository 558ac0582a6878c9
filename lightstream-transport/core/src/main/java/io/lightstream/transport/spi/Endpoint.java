package io.lightstream.transport.spi;

/**
 * An address and how to use it: a URI whose options have been understood.
 *
 * @param scheme the part before the colon, in lower case
 * @param authority what stands between {@code //} and the path, such as {@code host:9000}; may be empty
 * @param path the rest up to the options, unescaped; may be empty
 * @param options the transport's options
 */
public record Endpoint(String scheme, String authority, String path, Options options) {
    /** What errors call this endpoint: the URI without its options. */
    public String name() {
        return authority.isEmpty() && !path.startsWith("/") ? scheme + ":" + path : scheme + "://" + authority + path;
    }

    @Override
    public String toString() {
        return name();
    }
}
