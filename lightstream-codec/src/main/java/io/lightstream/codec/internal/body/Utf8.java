package io.lightstream.codec.internal.body;

import io.lightstream.codec.memory.NativeMemory;

/** Whether bytes are well-formed UTF-8 (RFC 3629: no overlong forms, no surrogates, nothing above U+10FFFF). */
final class Utf8 {
    private static final long HIGH_BITS = 0x8080808080808080L;

    private Utf8() {}

    static boolean isAscii(long address, long length) {
        long end = address + length;
        long at = address;
        for (; at <= end - Long.BYTES; at += Long.BYTES) {
            if ((NativeMemory.getLong(at) & HIGH_BITS) != 0) {
                return false;
            }
        }
        for (; at < end; at++) {
            if (NativeMemory.getByte(at) < 0) {
                return false;
            }
        }
        return true;
    }

    static boolean isWellFormed(long address, long length) {
        long end = address + length;
        long at = address;
        while (at < end) {
            if (at <= end - Long.BYTES && (NativeMemory.getLong(at) & HIGH_BITS) == 0) {
                at += Long.BYTES;
                continue;
            }
            int lead = NativeMemory.getByte(at) & 0xFF;
            int bytes = lead < 0x80 ? 1 : sequenceLength(lead);
            if (bytes == 0 || bytes > end - at || !isSequence(at, lead, bytes)) {
                return false;
            }
            at += bytes;
        }
        return true;
    }

    private static int sequenceLength(int lead) {
        if (lead < 0xC2 || lead > 0xF4) {
            return 0;
        }
        if (lead < 0xE0) {
            return 2;
        }
        return lead < 0xF0 ? 3 : 4;
    }

    private static boolean isSequence(long at, int lead, int bytes) {
        if (bytes == 1) {
            return true;
        }
        int second = NativeMemory.getByte(at + 1) & 0xFF;
        int lowest = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
        int highest = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
        if (second < lowest || second > highest) {
            return false;
        }
        for (int i = 2; i < bytes; i++) {
            if ((NativeMemory.getByte(at + i) & 0xC0) != 0x80) {
                return false;
            }
        }
        return true;
    }
}
