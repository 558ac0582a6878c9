package io.lightstream.codec.internal.metadata;

import io.lightstream.codec.LightstreamException;
import io.lightstream.codec.ReadLimits;
import io.lightstream.codec.internal.InputSite;
import io.lightstream.codec.schema.DataType;
import io.lightstream.codec.schema.DictionaryEncoding;
import io.lightstream.codec.schema.Field;
import io.lightstream.codec.schema.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.arrow.flatbuf.Int;

/** Reads a schema out of a verified flatbuffer (Schema.fbs). */
final class SchemaDecoder {
    private final ReadLimits limits;
    private final InputSite site;
    private int fieldCount;

    private SchemaDecoder(ReadLimits limits, InputSite site) {
        this.limits = limits;
        this.site = site;
    }

    static Schema decode(org.apache.arrow.flatbuf.Schema encoded, ReadLimits limits, InputSite site)
            throws LightstreamException {
        SchemaDecoder decoder = new SchemaDecoder(limits, site);
        List<Field> fields = new ArrayList<>(encoded.fieldsLength());
        for (int i = 0; i < encoded.fieldsLength(); i++) {
            fields.add(decoder.field(encoded.fields(i), 1));
        }
        return new Schema(fields, KeyValues.read(encoded.customMetadataVector()));
    }

    private Field field(org.apache.arrow.flatbuf.Field encoded, int depth) throws LightstreamException {
        if (++fieldCount > limits.maxFields()) {
            throw site.over("maxFields", limits.maxFields(), fieldCount);
        }
        if (depth > limits.maxNesting()) {
            throw site.over("maxNesting", limits.maxNesting(), depth);
        }
        // What lies below a type that has no children says nothing.
        int childCount = TypeDecoder.isNested(encoded.typeType()) ? encoded.childrenLength() : 0;
        List<Field> children = new ArrayList<>(childCount);
        for (int i = 0; i < childCount; i++) {
            children.add(field(encoded.children(i), depth + 1));
        }
        String name = Texts.name(encoded.nameAsByteBuffer());
        Map<String, String> metadata = KeyValues.read(encoded.customMetadataVector());
        try {
            DataType type = TypeDecoder.decode(encoded, site);
            return new Field(name, type, encoded.nullable(), dictionary(encoded), children, metadata);
        } catch (IllegalArgumentException e) {
            // The descriptors check what the format fixes: widths, precision, number of children.
            throw site.malformed("field '" + name + "'", "what the format allows", String.valueOf(e.getMessage()));
        }
    }

    private Optional<DictionaryEncoding> dictionary(org.apache.arrow.flatbuf.Field encoded)
            throws LightstreamException {
        org.apache.arrow.flatbuf.DictionaryEncoding dictionary = encoded.dictionary();
        if (dictionary == null) {
            return Optional.empty();
        }
        if (dictionary.dictionaryKind() != org.apache.arrow.flatbuf.DictionaryKind.DenseArray) {
            throw site.unsupported("kind of dictionary", "0 (dense array)", dictionary.dictionaryKind());
        }
        Int index = dictionary.indexType();
        DataType.Int indexType = index == null
                ? new DataType.Int(Integer.SIZE, true)
                : new DataType.Int(index.bitWidth(), index.isSigned());
        return Optional.of(new DictionaryEncoding(dictionary.id(), indexType, dictionary.isOrdered()));
    }
}
