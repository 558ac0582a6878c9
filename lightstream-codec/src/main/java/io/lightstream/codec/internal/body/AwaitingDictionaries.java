package io.lightstream.codec.internal.body;

import io.lightstream.codec.LimitExceededException;
import io.lightstream.codec.internal.InputSite;
import io.lightstream.codec.internal.body.DecodedBody.Reference;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Dictionaries whose values refer to others that have not come yet: Arrow Java sends the outer one first.
 *
 * <p>All messages of one dictionary wait for the same ones, in a line in which they came. A line is looked at again when the
 * dictionary comes that its head lacks, not with every message. Those that wait may be many and short, so their number is
 * bounded as well as their bytes.
 */
final class AwaitingDictionaries {
    /** Messages that may wait at one time: more than a schema has dictionaries that others refer to, and some deltas. */
    private static final int MOST = 1 << 16;

    /** By the id of the dictionary that waits. */
    private final Map<Long, Line> lines = new HashMap<>();
    /** Ids of those that wait, by the dictionary that they lack, in the order in which they came. */
    private final Map<Long, List<Long>> waitingFor = new HashMap<>();
    /** Those that lack nothing any more, until they are taken. */
    private final Deque<Awaiting> ready = new ArrayDeque<>();

    private int count;
    private long bytes;

    /** Values that wait for a dictionary; they keep their memory. */
    record Awaiting(long id, DecodedBody values, boolean isDelta, long bytes) {
        Awaiting(long id, DecodedBody values, boolean isDelta) {
            this(id, values, isDelta, values.memoryBytes());
        }
    }

    /** Messages of one dictionary. */
    private static final class Line {
        private Reference missing;
        private final List<Awaiting> messages = new ArrayList<>(1);

        Line(Reference missing) {
            this.missing = missing;
        }
    }

    boolean contains(long id) {
        return !lines.isEmpty() && lines.containsKey(id);
    }

    boolean isEmpty() {
        return lines.isEmpty();
    }

    /** What the dictionary lacks; empty where none of that id waits. */
    Optional<Reference> missing(long id) {
        Line line = lines.get(id);
        return line == null ? Optional.empty() : Optional.of(line.missing);
    }

    /** Fails where no more may wait. */
    void requireRoom(InputSite site) throws LimitExceededException {
        if (count == MOST) {
            throw site.over("dictionaries that wait for those they refer to", MOST, MOST + 1L);
        }
    }

    /** Takes over values that lack a dictionary, as all of that id do. */
    void add(Awaiting values, Reference missing) {
        Line line = lines.get(values.id());
        if (line == null) {
            line = new Line(missing);
            lines.put(values.id(), line);
            waitFor(missing, values.id());
        }
        line.messages.add(values);
        count++;
        bytes += values.bytes();
    }

    private void waitFor(Reference missing, long id) {
        waitingFor.computeIfAbsent(missing.id(), any -> new ArrayList<>()).add(id);
    }

    /** Lets those go on that have waited for {@code arrived} and lack nothing else. */
    void arrived(long arrived, Dictionaries known) {
        List<Long> waiting = lines.isEmpty() ? null : waitingFor.remove(arrived);
        if (waiting == null) {
            return;
        }
        for (long id : waiting) {
            Line line = lines.get(id);
            if (line == null) {
                throw new IllegalStateException("dictionary " + id + " waits no more");
            }
            Optional<Reference> missing = line.messages.get(0).values().awaits(known);
            if (missing.isPresent()) {
                line.missing = missing.get();
                waitFor(line.missing, id);
            } else {
                lines.remove(id);
                ready.addAll(line.messages);
            }
        }
    }

    /** Takes out the next that lacks nothing; the caller owns it. */
    Optional<Awaiting> nextReady() {
        Awaiting next = ready.poll();
        if (next == null) {
            return Optional.empty();
        }
        count--;
        bytes -= next.bytes();
        return Optional.of(next);
    }

    /** What each of them lacks, by its id. */
    Map<Long, Reference> references() {
        Map<Long, Reference> references = new HashMap<>();
        lines.forEach((id, line) -> references.put(id, line.missing));
        return references;
    }

    /** Bytes that allocators are charged for them. */
    long memoryBytes() {
        return bytes;
    }

    /** Gives up those that could go on: one before them has failed. */
    void releaseReady() {
        for (Optional<Awaiting> next = nextReady(); next.isPresent(); next = nextReady()) {
            next.get().values().release();
        }
    }

    /** Gives all of them up. */
    void release() {
        for (Line line : lines.values()) {
            ready.addAll(line.messages);
        }
        lines.clear();
        waitingFor.clear();
        releaseReady();
    }
}
