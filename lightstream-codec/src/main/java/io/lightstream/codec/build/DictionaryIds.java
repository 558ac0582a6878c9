package io.lightstream.codec.build;

import io.lightstream.codec.schema.DataType;
import io.lightstream.codec.schema.DictionaryEncoding;
import io.lightstream.codec.schema.Field;
import java.util.HashSet;
import java.util.Set;

/** Numbers the dictionaries of columns that asked for one of their own, past the ids that fields name themselves. */
final class DictionaryIds {
    private static final DataType.Int INDEX_TYPE = new DataType.Int(32, true);

    private final Set<Long> used = new HashSet<>();

    private DictionaryIds() {}

    static Field[] assign(ColumnValues[] columns) {
        DictionaryIds ids = new DictionaryIds();
        for (ColumnValues column : columns) {
            ids.collect(column.field());
        }
        Field[] fields = new Field[columns.length];
        for (int i = 0; i < fields.length; i++) {
            Field field = columns[i].field();
            fields[i] = columns[i].isEncoded() ? field.withDictionary(ids.next()) : field;
        }
        return fields;
    }

    private void collect(Field field) {
        field.dictionary().ifPresent(encoding -> used.add(encoding.id()));
        field.children().forEach(this::collect);
    }

    private DictionaryEncoding next() {
        long id = 0;
        while (!used.add(id)) {
            id++;
        }
        return new DictionaryEncoding(id, INDEX_TYPE, false);
    }
}
