package io.lightstream.codec.ipc;

/**
 * Compression of the buffers of message bodies (Message.fbs, {@code BodyCompression}). Worth nothing on a loopback or shared
 * memory, much on a network. Buffers that do not get smaller, and those of more than 1 GiB, are written uncompressed.
 */
public sealed interface Compression {
    /** No compression. */
    Compression NONE = new None();

    /** LZ4 frames: fast. */
    Compression LZ4_FRAME = new Lz4Frame();

    /** zstd at level 1: smaller than LZ4, slower. */
    Compression ZSTD = new Zstd(1);

    /**
     * zstd at another level.
     *
     * @throws IllegalArgumentException where the level is not in -7..22
     */
    static Compression zstd(int level) {
        return new Zstd(level);
    }

    /** See {@link #NONE}. */
    record None() implements Compression {
        @Override
        public String toString() {
            return "none";
        }
    }

    /** See {@link #LZ4_FRAME}. */
    record Lz4Frame() implements Compression {
        @Override
        public String toString() {
            return "lz4";
        }
    }

    /**
     * See {@link #ZSTD}.
     *
     * @param level negative is faster, higher is smaller
     */
    record Zstd(int level) implements Compression {
        private static final int MIN_LEVEL = -7;
        private static final int MAX_LEVEL = 22;

        public Zstd {
            if (level < MIN_LEVEL || level > MAX_LEVEL) {
                throw new IllegalArgumentException(
                        "zstd level: expected " + MIN_LEVEL + ".." + MAX_LEVEL + ", found " + level);
            }
        }

        @Override
        public String toString() {
            return "zstd:" + level;
        }
    }
}
