package io.lightstream.codec.frame;

/**
 * Gives a framing a name that configuration and URIs can use. Found by {@link java.util.ServiceLoader}; programs pass
 * the decoder itself.
 */
public interface FrameDecoderProvider {
    /**
     * Returns the name of the framing.
     *
     * @return lower case letters, digits and hyphens, such as {@code lines}
     */
    String name();

    /**
     * Makes a decoder for one stream.
     *
     * @param source the name of the stream in messages
     * @param maxFrameBytes the longest frame to accept, in bytes
     * @return a new decoder
     */
    FrameDecoder<?> create(String source, int maxFrameBytes);
}
