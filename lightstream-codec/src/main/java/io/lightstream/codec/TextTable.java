package io.lightstream.codec;

import io.lightstream.codec.schema.DataType;
import io.lightstream.codec.schema.Field;
import io.lightstream.codec.schema.Schema;
import io.lightstream.codec.schema.TypeId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The first rows of one or several batches of one schema as an aligned table for a terminal:
 *
 * <pre>
 *    id  name
 * int32  utf8
 * -----  ----
 *     1  a
 *     2  null
 * 2 rows, 2 columns
 * </pre>
 *
 * <p>Long values and columns that do not fit are cut with an ellipsis; control characters are shown as escapes. The text is
 * made when a batch is added, so the table outlives its batches. Not safe for use by several threads.
 */
public final class TextTable {
    static final int DEFAULT_ROWS = 20;

    private static final String GAP = "  ";
    private static final String CUT = "…";

    private final Schema schema;
    private final Options options;
    private final List<List<String>> rows = new ArrayList<>();
    private final int[] widths;
    private final int shownColumns;

    /**
     * How much a table shows.
     *
     * @param maxRows rows
     * @param maxWidth terminal cells of a line; the first column is shown even where it is wider
     * @param maxCellWidth terminal cells of one value
     */
    public record Options(int maxRows, int maxWidth, int maxCellWidth) {
        /** 20 rows of at most 160 cells, 40 a value. */
        public static final Options DEFAULT = new Options(DEFAULT_ROWS, 160, 40);

        public Options {
            if (maxRows < 0 || maxWidth < 1 || maxCellWidth < 1) {
                throw new IllegalArgumentException("a table needs room: " + maxRows + " rows of " + maxWidth
                        + " cells, " + maxCellWidth + " a value");
            }
        }

        /** These options with another number of rows. */
        public Options withMaxRows(int rows) {
            return new Options(rows, maxWidth, maxCellWidth);
        }

        /** These options with another width of a line. */
        public Options withMaxWidth(int cells) {
            return new Options(maxRows, cells, maxCellWidth);
        }

        /** These options with another width of a value. */
        public Options withMaxCellWidth(int cells) {
            return new Options(maxRows, maxWidth, cells);
        }
    }

    /** An empty table for batches of {@code schema}. */
    public TextTable(Schema schema, Options options) {
        this.schema = schema;
        this.options = options;
        // No column is narrower than one cell and a gap: values of columns further right are never shown.
        this.shownColumns = Math.min(schema.columnCount(), options.maxWidth() / (1 + GAP.length()) + 1);
        this.widths = new int[shownColumns];
        addLine(schema.fields().stream().limit(shownColumns).map(Field::name).toList());
        addLine(schema.fields().stream()
                .limit(shownColumns)
                .map(TextTable::typeName)
                .toList());
    }

    static String of(RecordBatch batch, int maxRows) {
        TextTable table = new TextTable(batch.schema(), Options.DEFAULT.withMaxRows(maxRows));
        table.add(batch);
        return table.render(batch.rowCount());
    }

    /**
     * Adds the rows of {@code batch} until the table is full; the batch stays with the caller.
     *
     * @return whether there is room for more
     * @throws IllegalArgumentException where the batch has another number of columns
     */
    public boolean add(RecordBatch batch) {
        if (batch.columnCount() != schema.columnCount()) {
            throw new IllegalArgumentException("columns of the batch: expected " + schema.columnCount()
                    + " as in the table, found " + batch.columnCount());
        }
        long count = Math.min(batch.rowCount(), options.maxRows() - rowCount());
        for (long row = 0; row < count; row++) {
            List<String> line = new ArrayList<>(shownColumns);
            for (int i = 0; i < shownColumns; i++) {
                line.add(ValueText.of(batch.column(i), row, options.maxCellWidth()));
            }
            addLine(line);
        }
        return !isFull();
    }

    /** Whether the table has as many rows as it shows. */
    public boolean isFull() {
        return rowCount() >= options.maxRows();
    }

    /** Rows so far. */
    public int rowCount() {
        return rows.size() - 2;
    }

    /** The table, its lines separated by line feeds; the last one counts the rows and columns shown. */
    public String render() {
        return render(rowCount());
    }

    /** The table, where {@code totalRows} are known to exist of which it shows the first. */
    public String render(long totalRows) {
        int fitting = fittingColumns();
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < rows.size() && fitting > 0; i++) {
            renderLine(out, rows.get(i), fitting);
            if (i == 1) {
                renderRule(out, fitting);
            }
        }
        return out.append(footer(totalRows, fitting)).toString();
    }

    private void addLine(List<String> cells) {
        List<String> line = new ArrayList<>(cells.size());
        for (int i = 0; i < cells.size(); i++) {
            String cell = TextWidth.fit(cells.get(i), options.maxCellWidth());
            widths[i] = Math.max(widths[i], TextWidth.of(cell));
            line.add(cell);
        }
        rows.add(line);
    }

    /** How many columns fit a line, leaving room for the ellipsis where not all of them do. */
    private int fittingColumns() {
        int used = 0;
        for (int i = 0; i < shownColumns; i++) {
            used += (i == 0 ? 0 : GAP.length()) + widths[i];
            boolean last = i == schema.columnCount() - 1;
            if (i > 0 && used + (last ? 0 : GAP.length() + CUT.length()) > options.maxWidth()) {
                return i;
            }
        }
        return shownColumns;
    }

    private void renderLine(StringBuilder out, List<String> cells, int fitting) {
        int start = out.length();
        for (int i = 0; i < fitting; i++) {
            String padding = " ".repeat(widths[i] - TextWidth.of(cells.get(i)));
            boolean right = isNumber(schema.field(i));
            out.append(i == 0 ? "" : GAP);
            out.append(right ? padding : "").append(cells.get(i)).append(right ? "" : padding);
        }
        endLine(out, start, fitting);
    }

    private void renderRule(StringBuilder out, int fitting) {
        int start = out.length();
        for (int i = 0; i < fitting; i++) {
            out.append(i == 0 ? "" : GAP).append("-".repeat(widths[i]));
        }
        endLine(out, start, fitting);
    }

    private void endLine(StringBuilder out, int start, int fitting) {
        if (fitting < schema.columnCount()) {
            out.append(GAP).append(CUT);
        }
        int end = out.length();
        while (end > start && out.charAt(end - 1) == ' ') {
            end--;
        }
        out.setLength(end);
        out.append('\n');
    }

    private String footer(long totalRows, int fitting) {
        int shown = rowCount();
        String counted = shown < totalRows ? shown + " of " + count(totalRows, "row") : count(shown, "row");
        String columns = count(schema.columnCount(), "column");
        return counted + ", " + (fitting < schema.columnCount() ? fitting + " of " + columns : columns);
    }

    private static String count(long number, String noun) {
        return number + " " + noun + (number == 1 ? "" : "s");
    }

    private static boolean isNumber(Field field) {
        if (field.type().id() == TypeId.RUN_END_ENCODED) {
            return isNumber(field.children().get(1));
        }
        return ValueText.isNumber(field.type());
    }

    /** The type as a field prints it, without the name and whether nulls are allowed. */
    private static String typeName(Field field) {
        DataType type = field.type();
        Field unnamed = new Field("", type, true, field.dictionary(), field.children(), Map.of());
        return unnamed.toString().substring(": ".length());
    }
}
