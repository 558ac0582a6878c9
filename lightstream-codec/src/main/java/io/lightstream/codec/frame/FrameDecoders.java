package io.lightstream.codec.frame;

import java.nio.ByteOrder;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;

/** Finds framings by name: {@code lines} and {@code length-prefixed}, and those on the class path. */
public final class FrameDecoders {
    private FrameDecoders() {}

    /**
     * Finds a framing, among those visible to the thread's context class loader.
     *
     * @param name its name
     * @return what makes decoders for it
     * @throws IllegalArgumentException if there is none of that name, or more than one; the message says which artifacts
     *     to add or to remove
     */
    public static FrameDecoderProvider named(String name) {
        return choose(name, ServiceLoader.load(FrameDecoderProvider.class));
    }

    static FrameDecoderProvider choose(String name, Iterable<FrameDecoderProvider> providers) {
        List<FrameDecoderProvider> found = new ArrayList<>();
        List<String> others = new ArrayList<>();
        for (FrameDecoderProvider provider : providers) {
            if (provider.name().equals(name)) {
                found.add(provider);
            } else {
                others.add(provider.name());
            }
        }
        if (found.isEmpty()) {
            throw new IllegalArgumentException("No frame decoder is called \"" + name + "\"; there are " + others
                    + ". Add the artifact that brings a " + FrameDecoderProvider.class.getName()
                    + " of that name to the class path");
        }
        if (found.size() > 1) {
            throw new IllegalArgumentException("Several frame decoders are called \"" + name
                    + "\"; remove all but one of these from the class path: "
                    + found.stream().map(FrameDecoders::origin).toList());
        }
        return found.get(0);
    }

    private static String origin(FrameDecoderProvider provider) {
        CodeSource source = provider.getClass().getProtectionDomain().getCodeSource();
        return provider.getClass().getName() + (source == null ? "" : " of " + source.getLocation());
    }

    /** Lines that end with a line feed, as {@code byte[]}; the last one may lack it. */
    public static final class Lines implements FrameDecoderProvider {
        /** For the service loader. */
        public Lines() {}

        @Override
        public String name() {
            return "lines";
        }

        @Override
        public FrameDecoder<byte[]> create(String source, int maxFrameBytes) {
            return new DelimiterFrameDecoder(source, (byte) '\n', maxFrameBytes, true);
        }
    }

    /** Payloads behind a little-endian 32-bit length, as {@link java.nio.ByteBuffer}. */
    public static final class LengthPrefixed implements FrameDecoderProvider {
        /** For the service loader. */
        public LengthPrefixed() {}

        @Override
        public String name() {
            return "length-prefixed";
        }

        @Override
        public FrameDecoder<?> create(String source, int maxFrameBytes) {
            return new LengthPrefixedFrameDecoder(source, ByteOrder.LITTLE_ENDIAN, maxFrameBytes);
        }
    }
}
