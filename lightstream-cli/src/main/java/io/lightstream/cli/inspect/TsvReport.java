package io.lightstream.cli.inspect;

import java.io.IOException;
import java.io.Writer;
import java.util.List;
import java.util.Map;

/**
 * Lines of parts separated by tabs:
 *
 * <pre>
 * source    name  format  bytes  byte-order  batches  rows
 * metadata  schema|footer|field PATH|message POSITION  key  value
 * field     path  type  nullable|required  dictionary-id  index-type  ordered|unordered
 * message   number  kind  position  metadata-bytes  body-position  body-bytes  alignment  compression  rows  dictionary-id
 *           delta|whole
 * </pre>
 *
 * A part that does not apply is empty; backslash, tab and line breaks are written as escapes.
 */
final class TsvReport implements Report {
    @Override
    public void print(Inspection inspection, Writer out) throws IOException {
        line(
                out,
                "source",
                inspection.source(),
                inspection.format(),
                inspection.bytes(),
                inspection.byteOrder(),
                inspection.batches(),
                inspection.rows());
        metadata(out, "schema", inspection.schema().metadata());
        metadata(out, "footer", inspection.metadata());
        for (FieldLine field : FieldLine.of(inspection.schema())) {
            field(out, field);
        }
        List<MessageInfo> messages = inspection.messages();
        for (int i = 0; i < messages.size(); i++) {
            message(out, i, messages.get(i));
        }
        out.flush();
    }

    private static void field(Writer out, FieldLine line) throws IOException {
        var dictionary = line.field().dictionary();
        line(
                out,
                "field",
                line.path(),
                line.field().type(),
                line.field().nullable() ? "nullable" : "required",
                dictionary.map(encoding -> String.valueOf(encoding.id())).orElse(""),
                dictionary.map(encoding -> encoding.indexType().toString()).orElse(""),
                dictionary
                        .map(encoding -> encoding.ordered() ? "ordered" : "unordered")
                        .orElse(""));
        metadata(out, "field " + line.path(), line.field().metadata());
    }

    private static void message(Writer out, int number, MessageInfo message) throws IOException {
        boolean hasRows = message.rows().isPresent();
        boolean isDictionary = message.dictionary().isPresent();
        line(
                out,
                "message",
                number,
                message.kind(),
                message.position(),
                message.metadataBytes(),
                hasRows ? message.bodyPosition() : "",
                hasRows ? message.bodyBytes() : "",
                message.alignment() > 0 ? message.alignment() : "",
                hasRows ? message.compression() : "",
                hasRows ? message.rows().getAsLong() : "",
                isDictionary ? message.dictionary().getAsLong() : "",
                isDictionary ? (message.isDelta() ? "delta" : "whole") : "");
        if (hasRows || message.kind().equals("schema")) {
            metadata(out, "message " + message.position(), message.metadata());
        }
    }

    private static void metadata(Writer out, String scope, Map<String, String> metadata) throws IOException {
        for (Map.Entry<String, String> entry : metadata.entrySet()) {
            line(out, "metadata", scope, entry.getKey(), entry.getValue());
        }
    }

    private static void line(Writer out, Object... parts) throws IOException {
        for (int i = 0; i < parts.length; i++) {
            out.write(i == 0 ? "" : "\t");
            out.write(escape(parts[i].toString()));
        }
        out.write('\n');
    }

    private static String escape(String text) {
        return text.replace("\\", "\\\\")
                .replace("\t", "\\t")
                .replace("\n", "\\n")
                .replace("\r", "\\r");
    }
}
