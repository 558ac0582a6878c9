package io.lightstream.codec.memory;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.ManagementFactory;

/**
 * What the JVM allows its direct buffers: {@code -XX:MaxDirectMemorySize}, or as much as the heap where it is not set.
 *
 * <p>The JVM keeps to it for direct buffers only; what else we allocate is held against it by {@link NativeBlock}. Finding it
 * out loads the classes of management, which takes as long as a small command does: only for those who need it.
 */
final class DirectMemoryLimit {
    private static final String OPTION = "MaxDirectMemorySize";

    private DirectMemoryLimit() {}

    /** In bytes; found out once. */
    static long bytes() {
        return Known.BYTES;
    }

    private static final class Known {
        private static final long BYTES = find();

        private static long find() {
            long set = option();
            return set > 0 ? set : Runtime.getRuntime().maxMemory();
        }

        /** 0 where it is not set, or where this JVM has no such option or no management. */
        private static long option() {
            try {
                HotSpotDiagnosticMXBean options = ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
                return options == null
                        ? 0
                        : Long.parseLong(options.getVMOption(OPTION).getValue());
            } catch (LinkageError | IllegalArgumentException e) {
                return 0;
            }
        }
    }
}
