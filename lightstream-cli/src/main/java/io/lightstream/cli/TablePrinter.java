package io.lightstream.cli;

import io.lightstream.codec.BatchReader;
import io.lightstream.codec.RecordBatch;
import io.lightstream.codec.TextTable;
import java.io.IOException;
import java.io.Writer;

/**
 * Prints batches as tables for people. A long one comes in pieces, each with its own header and column widths, because the
 * width of a column is known only when its values are.
 */
final class TablePrinter {
    private static final int ROWS_OF_A_PIECE = 1000;
    private static final int CELL_WIDTH = 40;

    private final Writer out;
    private final int width;

    TablePrinter(Shell shell) {
        this.out = shell.text();
        this.width = shell.width().getAsInt();
    }

    /** Prints at most {@code maxRows}. */
    void print(BatchReader batches, long maxRows) throws IOException {
        TextTable piece = new TextTable(batches.schema(), options(maxRows));
        long total = 0;
        while (total < maxRows && batches.next()) {
            RecordBatch batch = batches.batch();
            for (long row = 0; row < batch.rowCount() && total < maxRows; ) {
                if (piece.isFull()) {
                    printPiece(piece);
                    piece = new TextTable(batches.schema(), options(maxRows - total));
                }
                int before = piece.rowCount();
                try (RecordBatch rest = batch.slice(row, batch.rowCount() - row)) {
                    piece.add(rest);
                }
                row += piece.rowCount() - before;
                total += piece.rowCount() - before;
            }
        }
        out.write(piece.render(total));
        out.write('\n');
        out.flush();
    }

    /** Prints every batch as soon as it comes, in pieces of its own. */
    void follow(BatchReader batches) throws IOException {
        while (batches.next()) {
            RecordBatch batch = batches.batch();
            for (long row = 0; row < batch.rowCount(); row += ROWS_OF_A_PIECE) {
                TextTable piece = new TextTable(batches.schema(), options(ROWS_OF_A_PIECE));
                try (RecordBatch part = batch.slice(row, Math.min(ROWS_OF_A_PIECE, batch.rowCount() - row))) {
                    piece.add(part);
                }
                printPiece(piece);
            }
        }
    }

    /** All but the last line, which counts rows. */
    private void printPiece(TextTable piece) throws IOException {
        String text = piece.render();
        out.write(text, 0, text.lastIndexOf('\n') + 1);
        out.write('\n');
        out.flush();
    }

    private TextTable.Options options(long rows) {
        return new TextTable.Options((int) Math.min(ROWS_OF_A_PIECE, rows), width, CELL_WIDTH);
    }
}
