package io.lightstream.codec.internal.body;

import io.lightstream.codec.LightstreamException;
import io.lightstream.codec.internal.InputSite;
import io.lightstream.codec.schema.DictionaryEncoding;
import io.lightstream.codec.schema.Field;
import io.lightstream.codec.schema.Schema;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** How the values of each dictionary of a schema are decoded, nested ones included, and which of them are wanted. */
public final class DictionaryPlans {
    private final Map<Long, Field> valueFields = new HashMap<>();
    private final Set<Long> wanted = new HashSet<>();
    private final Map<Long, BodyDecoder> decoders = new HashMap<>();
    private final BodyDecoder.Settings settings;
    private final InputSite site;

    public DictionaryPlans(Schema schema, Projection projection, BodyDecoder.Settings settings, InputSite site)
            throws LightstreamException {
        this.settings = settings;
        this.site = site;
        for (int i = 0; i < schema.columnCount(); i++) {
            collect(schema.field(i), projection.wants(i));
        }
    }

    private void collect(Field field, boolean isWanted) throws LightstreamException {
        if (field.dictionary().isPresent()) {
            long id = field.dictionary().get().id();
            Field known = valueFields.putIfAbsent(id, field.valueField());
            if (known != null && !sameValues(known, field.valueField())) {
                throw site.malformed("values of dictionary " + id, known.type(), field.type());
            }
            if (isWanted) {
                wanted.add(id);
            }
        }
        for (Field child : field.children()) {
            collect(child, isWanted);
        }
    }

    /** Fields that share a dictionary may have different names, but not different values. */
    private static boolean sameValues(Field one, Field other) {
        List<Field> children = one.children();
        boolean same = one.type().equals(other.type())
                && children.size() == other.children().size()
                && one.dictionary()
                        .map(DictionaryEncoding::id)
                        .equals(other.dictionary().map(DictionaryEncoding::id));
        for (int i = 0; same && i < children.size(); i++) {
            same = sameValues(children.get(i), other.children().get(i));
        }
        return same;
    }

    /** Whether some wanted column needs a dictionary. */
    public boolean wantsAny() {
        return !wanted.isEmpty();
    }

    /** Whether some wanted column needs the dictionary; one that no field mentions is an error. */
    public boolean wants(long id) throws LightstreamException {
        if (!valueFields.containsKey(id)) {
            throw site.malformed("dictionary id", "one of " + valueFields.keySet(), id);
        }
        return wanted.contains(id);
    }

    /** Decodes the values of a wanted dictionary. */
    public BodyDecoder decoder(long id) {
        BodyDecoder decoder = decoders.get(id);
        if (decoder == null) {
            Field values = valueFields.get(id);
            if (values == null) {
                throw new IllegalStateException("dictionary " + id + " was not checked to be wanted");
            }
            decoder = BodyDecoder.ofDictionary(SchemaPlan.of(Schema.of(values)), settings, site);
            decoders.put(id, decoder);
        }
        return decoder;
    }

    /** What the values of a wanted dictionary may refer to. */
    public Dictionaries.Snapshot known(long id, Dictionaries dictionaries) {
        return dictionaries.snapshot(decoder(id).plan().dictionaryIds());
    }

    /** Fails where a delta comes before the dictionary that it belongs to. */
    public void requireBase(long id, boolean isDelta, Dictionaries dictionaries) throws LightstreamException {
        if (isDelta && !dictionaries.contains(id)) {
            throw site.malformed("delta of dictionary " + id, "the dictionary before it", "none");
        }
    }

    /**
     * Keeps the values: as the dictionary, or behind those known. If they refer to a dictionary that has not come yet, they wait
     * for it: some writers send the outer one first. Takes over the body, even where this throws.
     */
    public void accept(DecodedBody values, long id, boolean isDelta, Dictionaries dictionaries)
            throws LightstreamException {
        dictionaries.accept(id, values, isDelta, settings, site);
    }
}
