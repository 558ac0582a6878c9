package io.lightstream.codec.format;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.TreeSet;
import java.util.function.Predicate;

/** The formats on the class path. */
public final class BatchFormats {
    /** As many of the first bytes of a file as {@link #recognize} can use. */
    public static final int HEAD_BYTES = 16;

    /** Where a format is that does not come with this artifact. */
    private static final Map<String, String> ARTIFACTS = Map.of(
            "json", "lightstream-formats-json",
            "csv", "lightstream-formats-csv",
            "parquet", "lightstream-formats-parquet");

    private final List<BatchFormat> formats;

    private BatchFormats(List<BatchFormat> formats) {
        this.formats = List.copyOf(formats);
    }

    /** What {@link ServiceLoader} finds for the thread's context class loader. */
    public static BatchFormats load() {
        List<BatchFormat> found = new ArrayList<>();
        ServiceLoader.load(BatchFormat.class).forEach(found::add);
        return new BatchFormats(found);
    }

    /** Given ones. */
    public static BatchFormats of(List<BatchFormat> formats) {
        return new BatchFormats(formats);
    }

    /** All of them. */
    public List<BatchFormat> all() {
        return formats;
    }

    /**
     * The format of that name.
     *
     * @throws IllegalArgumentException where there is none, naming the artifact to add, or more than one
     */
    public BatchFormat named(String name) {
        return only("'" + name + "'", format -> format.name().equals(name))
                .orElseThrow(() -> missing("'" + name + "'", name));
    }

    /**
     * The format that a file's name tells; the longest ending decides.
     *
     * @throws IllegalArgumentException where none has such an ending, naming the artifact to add, or more than one has
     */
    public BatchFormat ofFile(String fileName) {
        String lower = fileName.toLowerCase(Locale.ROOT);
        String extension = formats.stream()
                .flatMap(format -> format.extensions().stream())
                .filter(lower::endsWith)
                .max(Comparator.comparingInt(String::length))
                .orElseThrow(() -> missing("of file '" + fileName + "'", artifactByExtension(lower)));
        return only("of file '" + fileName + "'", format -> format.extensions().contains(extension))
                .orElseThrow();
    }

    /**
     * The format that the first bytes of a file tell, if any do.
     *
     * @param head at least {@link #HEAD_BYTES} unless the file is shorter; from position to limit, neither is changed
     */
    public Optional<BatchFormat> recognize(ByteBuffer head) {
        return only("by its first bytes", format -> format.recognizes(head.duplicate()));
    }

    private Optional<BatchFormat> only(String what, Predicate<BatchFormat> wanted) {
        List<BatchFormat> found = formats.stream().filter(wanted).toList();
        if (found.size() > 1) {
            throw new IllegalArgumentException("format " + what + ": expected one, found "
                    + found.stream().map(format -> format.getClass().getName()).toList()
                    + "; remove the artifact of one from the class path");
        }
        return found.stream().findFirst();
    }

    private IllegalArgumentException missing(String what, String name) {
        TreeSet<String> names = new TreeSet<>();
        formats.forEach(format -> names.add(format.name()));
        String artifact = ARTIFACTS.get(name);
        return new IllegalArgumentException("format " + what + ": expected one of " + names
                + (artifact == null
                        ? ""
                        : "; it comes with the artifact io.lightstream:" + artifact
                                + ", which is not on the class path"));
    }

    private static String artifactByExtension(String fileName) {
        return ARTIFACTS.keySet().stream()
                .filter(name -> fileName.contains("." + name))
                .findFirst()
                .orElse("");
    }
}
