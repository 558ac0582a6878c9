package io.lightstream.codec;

/** Prepares text for a terminal: control characters made visible, width counted in terminal cells. */
final class TextWidth {
    private static final String CUT = "…";
    private static final int ZERO_WIDTH_NON_JOINER = 0x200C;
    private static final int ZERO_WIDTH_JOINER = 0x200D;

    /** First and last code point of the blocks that terminals draw two cells wide (Unicode annex 11, by block). */
    private static final int[] WIDE = {
        0x1100, 0x115F, 0x2E80, 0x303E, 0x3041, 0xA4CF, 0xA960, 0xA97F, 0xAC00, 0xD7A3, 0xF900, 0xFAFF, 0xFE30, 0xFE6F,
        0xFF00, 0xFF60, 0xFFE0, 0xFFE6, 0x1F300, 0x1F64F, 0x1F680, 0x1F6FF, 0x1F900, 0x1F9FF, 0x20000, 0x3FFFD
    };

    private TextWidth() {}

    /** Cells that {@code text} takes. */
    static int of(String text) {
        return text.codePoints().map(TextWidth::of).sum();
    }

    /**
     * {@code text} in at most {@code width} cells, with an ellipsis where something is missing. What would move the cursor or
     * turn the direction of the text around is written as an escape, so that data cannot draw over the table.
     */
    static String fit(String text, int width) {
        StringBuilder fitted = new StringBuilder();
        int cells = 0;
        int cutAt = 0;
        for (int at = 0; at < text.length(); ) {
            int codePoint = text.codePointAt(at);
            String shown = visible(codePoint);
            cells += of(shown);
            if (cells > width) {
                fitted.setLength(cutAt);
                return fitted.append(CUT).toString();
            }
            fitted.append(shown);
            if (cells < width) {
                cutAt = fitted.length();
            }
            at += Character.charCount(codePoint);
        }
        return fitted.toString();
    }

    private static String visible(int codePoint) {
        return switch (codePoint) {
            case '\n' -> "\\n";
            case '\r' -> "\\r";
            case '\t' -> "\\t";
            default -> isHidden(codePoint) ? String.format("\\u%04x", codePoint) : Character.toString(codePoint);
        };
    }

    private static boolean isHidden(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR, Character.SURROGATE ->
                true;
            case Character.FORMAT -> codePoint != ZERO_WIDTH_NON_JOINER && codePoint != ZERO_WIDTH_JOINER;
            default -> false;
        };
    }

    private static int of(int codePoint) {
        int type = Character.getType(codePoint);
        if (type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK || type == Character.FORMAT) {
            return 0;
        }
        for (int i = 0; i < WIDE.length; i += 2) {
            if (codePoint < WIDE[i]) {
                return 1;
            }
            if (codePoint <= WIDE[i + 1]) {
                return 2;
            }
        }
        return 1;
    }
}
