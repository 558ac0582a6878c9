package io.lightstream.formats.json;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Damages JSON so that most of it stays JSON: what is wrong then is a number, a text, or what stands where. */
final class TextMutator {
    private static final int MOST_CHANGES = 2;
    private static final String[] NASTY = {
        "0",
        "-1",
        "2147483648",
        "9223372036854775807",
        "99999999999999999999",
        "1e400",
        "null",
        "true",
        "\"\"",
        "[]",
        "{}"
    };

    private final Random random;
    private final List<String> lines;

    private TextMutator(String text, long seed) {
        this.random = new Random(seed);
        this.lines = new ArrayList<>(text.lines().toList());
    }

    static byte[] mutate(byte[] good, long seed) {
        TextMutator mutator = new TextMutator(new String(good, StandardCharsets.UTF_8), seed);
        int changes = 1 + mutator.random.nextInt(MOST_CHANGES);
        for (int i = 0; i < changes; i++) {
            mutator.change();
        }
        return String.join("\n", mutator.lines).getBytes(StandardCharsets.UTF_8);
    }

    private void change() {
        int at = random.nextInt(lines.size());
        switch (random.nextInt(5)) {
            case 0, 1 -> changeDigit(at);
            case 2 -> lines.set(at, lines.get(at).replaceFirst("-?\\d+", NASTY[random.nextInt(NASTY.length)]));
            case 3 -> lines.remove(at);
            default -> lines.set(at, lines.get(random.nextInt(lines.size())));
        }
    }

    private void changeDigit(int from) {
        for (int at = from; at < lines.size(); at++) {
            StringBuilder line = new StringBuilder(lines.get(at));
            for (int i = 0; i < line.length(); i++) {
                if (Character.isDigit(line.charAt(i))) {
                    line.setCharAt(i, (char) ('0' + random.nextInt(10)));
                    lines.set(at, line.toString());
                    return;
                }
            }
        }
    }
}
