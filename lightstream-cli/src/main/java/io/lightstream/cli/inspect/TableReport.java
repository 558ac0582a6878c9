package io.lightstream.cli.inspect;

import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Schema as an indented list, messages as a table. */
final class TableReport implements Report {
    private static final List<String> HEADER = List.of(
            "#", "message", "position", "metadata", "body at", "body", "aligned", "compressed", "rows", "dictionary");
    /** The columns that are text, and so start at their left. */
    private static final List<Integer> TEXT_COLUMNS = List.of(1, 7, 9);

    @Override
    public void print(Inspection inspection, Writer out) throws IOException {
        out.write(VisibleText.of(inspection.source()) + ": Arrow "
                + (inspection.format().equals("arrow") ? "file" : "stream") + ", "
                + count(inspection.bytes(), "byte") + ", " + count(inspection.rows(), "row") + " in "
                + count(inspection.batches(), "batch") + ", " + inspection.byteOrder() + "-endian\n");
        out.write("\nSchema\n");
        for (FieldLine line : FieldLine.of(inspection.schema())) {
            String indent = "  ".repeat(line.depth() + 1);
            String dictionary = line.dictionary();
            out.write(indent
                    + VisibleText.of(line.field().name() + ": " + line.field().type())
                    + (line.field().nullable() ? "" : " not null")
                    + (dictionary.isEmpty() ? "" : ", dictionary " + dictionary)
                    + '\n');
            metadata(out, indent + "  ", line.field().metadata());
        }
        section(out, "Metadata of the schema", inspection.schema().metadata());
        section(out, "Metadata of the file", inspection.metadata());
        messages(out, inspection.messages());
        out.flush();
    }

    private static void section(Writer out, String title, Map<String, String> metadata) throws IOException {
        if (!metadata.isEmpty()) {
            out.write("\n" + title + "\n");
            metadata(out, "  ", metadata);
        }
    }

    private static void metadata(Writer out, String indent, Map<String, String> metadata) throws IOException {
        for (Map.Entry<String, String> entry : metadata.entrySet()) {
            out.write(indent + VisibleText.of(entry.getKey()) + " = " + VisibleText.of(entry.getValue()) + '\n');
        }
    }

    private static void messages(Writer out, List<MessageInfo> messages) throws IOException {
        List<List<String>> rows = new ArrayList<>();
        rows.add(HEADER);
        for (int i = 0; i < messages.size(); i++) {
            rows.add(cells(i, messages.get(i)));
        }
        int[] widths = new int[HEADER.size()];
        for (List<String> row : rows) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        }
        out.write('\n');
        for (List<String> row : rows) {
            out.write(line(row, widths));
        }
        for (MessageInfo message : messages) {
            if (message.rows().isPresent() || message.kind().equals("schema")) {
                section(out, "Metadata of the message at " + message.position(), message.metadata());
            }
        }
    }

    private static String line(List<String> row, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            String padding = " ".repeat(widths[i] - row.get(i).length());
            line.append(i == 0 ? "" : "  ");
            line.append(TEXT_COLUMNS.contains(i) ? row.get(i) + padding : padding + row.get(i));
        }
        return line.toString().stripTrailing() + '\n';
    }

    private static List<String> cells(int number, MessageInfo message) {
        boolean hasRows = message.rows().isPresent();
        String delta = message.isDelta() ? " delta" : "";
        return List.of(
                String.valueOf(number),
                message.kind(),
                count(message.position()),
                count(message.metadataBytes()),
                hasRows ? count(message.bodyPosition()) : "",
                hasRows ? count(message.bodyBytes()) : "",
                message.alignment() > 0 ? String.valueOf(message.alignment()) : "",
                hasRows ? message.compression() : "",
                hasRows ? count(message.rows().getAsLong()) : "",
                message.dictionary().isPresent() ? message.dictionary().getAsLong() + delta : "");
    }

    private static String count(long number, String noun) {
        String ending = noun.endsWith("h") ? "es" : "s";
        return count(number) + " " + noun + (number == 1 ? "" : ending);
    }

    private static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }
}
