package io.lightstream.transport.spi;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Values of {@link Option}s. Immutable. What is not set is the transport's own choice. */
public final class Options {
    private static final Options NONE = new Options(Map.of());

    private final Map<Option<?>, Object> values;

    private Options(Map<Option<?>, Object> values) {
        this.values = values;
    }

    /** Nothing set. */
    public static Options none() {
        return NONE;
    }

    /** These options with one more, or another value for one. */
    public <T> Options with(Option<T> option, T value) {
        Map<Option<?>, Object> more = new LinkedHashMap<>(values);
        more.put(option, option.checked(value));
        return new Options(more);
    }

    /**
     * These options, and over them what a URI's query says.
     *
     * @param query names and values, unescaped
     * @param known everything that the transport knows
     * @throws IllegalArgumentException for a name that is not among {@code known}, set here or by the query, or a value
     *     that makes no sense
     */
    public Options withQuery(Map<String, String> query, Set<Option<?>> known) {
        values.keySet().forEach(option -> find(option.name(), known));
        Map<Option<?>, Object> all = new LinkedHashMap<>(values);
        query.forEach((name, text) -> {
            Option<?> option = find(name, known);
            all.put(option, option.parse(text));
        });
        return new Options(all);
    }

    /** The value of {@code option}, where it is set. */
    public <T> Optional<T> get(Option<T> option) {
        return Optional.ofNullable(option.type().cast(values.get(option)));
    }

    /** The value of {@code option}, or {@code otherwise} where it is not set. */
    public <T> T get(Option<T> option, T otherwise) {
        return get(option).orElse(otherwise);
    }

    private static Option<?> find(String name, Collection<Option<?>> known) {
        for (Option<?> option : known) {
            if (option.name().equals(name)) {
                return option;
            }
        }
        Set<String> names = known.stream().map(Option::name).collect(Collectors.toCollection(TreeSet::new));
        throw new IllegalArgumentException(
                "option: expected " + (names.isEmpty() ? "none" : "one of " + names) + ", found '" + name + "'");
    }

    @Override
    public String toString() {
        return values.toString();
    }
}
