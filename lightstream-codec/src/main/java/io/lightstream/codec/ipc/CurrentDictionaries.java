package io.lightstream.codec.ipc;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The dictionaries of a stream as they are now, as messages: each whole, and the deltas to it that came since. Where deltas
 * have become too many, it asks for the whole once more in their place.
 */
final class CurrentDictionaries implements AutoCloseable {
    /** Each delta is a message of its own for whoever joins, however small it is. */
    private static final int MOST_DELTAS = 64;

    private final Map<Long, Pieces> dictionaries = new LinkedHashMap<>();

    private static final class Pieces {
        private final List<EncodedMessage> messages = new ArrayList<>();
        private long wholeBytes;
        private long deltaBytes;

        void clear() {
            messages.forEach(EncodedMessage::close);
            messages.clear();
            deltaBytes = 0;
        }
    }

    /** Takes over a message that replaces a dictionary. */
    void replace(long id, EncodedMessage message) {
        Pieces pieces = dictionaries.computeIfAbsent(id, any -> new Pieces());
        pieces.clear();
        pieces.messages.add(message);
        pieces.wholeBytes = message.length();
    }

    /**
     * Takes over a message that adds to a dictionary.
     *
     * @return whether the deltas are to be replaced by the whole: that costs no more than they did
     */
    boolean extend(long id, EncodedMessage delta) {
        Pieces pieces = dictionaries.computeIfAbsent(id, any -> new Pieces());
        pieces.messages.add(delta);
        pieces.deltaBytes += delta.length();
        return pieces.deltaBytes >= pieces.wholeBytes || pieces.messages.size() > MOST_DELTAS;
    }

    /** Handles to all messages, in the order in which they have to come; the caller closes them. */
    List<EncodedMessage> share() {
        return dictionaries.values().stream()
                .flatMap(pieces -> pieces.messages.stream())
                .map(EncodedMessage::share)
                .toList();
    }

    @Override
    public void close() {
        dictionaries.values().forEach(Pieces::clear);
        dictionaries.clear();
    }
}
