package io.lightstream.cli.inspect;

import io.lightstream.codec.schema.Field;
import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The whole inspection as one object. */
final class JsonReport implements Report {
    @Override
    public void print(Inspection inspection, Writer out) throws IOException {
        Map<String, Object> root = new LinkedHashMap<>();
        root.put("source", inspection.source());
        root.put("format", inspection.format());
        root.put("bytes", inspection.bytes());
        root.put("byteOrder", inspection.byteOrder());
        root.put("batches", inspection.batches());
        root.put("rows", inspection.rows());
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("fields", fields(inspection.schema().fields()));
        schema.put("metadata", inspection.schema().metadata());
        root.put("schema", schema);
        root.put("metadata", inspection.metadata());
        root.put(
                "messages",
                inspection.messages().stream().map(JsonReport::message).toList());
        StringBuilder text = new StringBuilder();
        JsonText.append(text, root);
        out.append(text).append('\n').flush();
    }

    private static List<Object> fields(List<Field> fields) {
        List<Object> objects = new ArrayList<>();
        for (Field field : fields) {
            Map<String, Object> object = new LinkedHashMap<>();
            object.put("name", field.name());
            object.put("type", field.type().toString());
            object.put("nullable", field.nullable());
            field.dictionary().ifPresent(encoding -> {
                Map<String, Object> dictionary = new LinkedHashMap<>();
                dictionary.put("id", encoding.id());
                dictionary.put("indexType", encoding.indexType().toString());
                dictionary.put("ordered", encoding.ordered());
                object.put("dictionary", dictionary);
            });
            if (!field.metadata().isEmpty()) {
                object.put("metadata", field.metadata());
            }
            if (!field.children().isEmpty()) {
                object.put("children", fields(field.children()));
            }
            objects.add(object);
        }
        return objects;
    }

    private static Map<String, Object> message(MessageInfo message) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("kind", message.kind());
        object.put("position", message.position());
        object.put("metadataBytes", message.metadataBytes());
        if (message.rows().isPresent()) {
            object.put("bodyPosition", message.bodyPosition());
            object.put("bodyBytes", message.bodyBytes());
            object.put("alignment", message.alignment());
            object.put("compression", message.compression());
            object.put("rows", message.rows().getAsLong());
        }
        if (message.dictionary().isPresent()) {
            object.put("dictionary", message.dictionary().getAsLong());
            object.put("isDelta", message.isDelta());
        }
        if (!message.metadata().isEmpty()) {
            object.put("metadata", message.metadata());
        }
        return object;
    }
}
