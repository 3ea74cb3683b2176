package com.threadly.notification;

import com.threadly.notification.inbox.PushMark;
import com.threadly.pipeline.DecodedRecord;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * What this process has handed over to be pushed, so that an event seen again meanwhile pushes nothing, although the
 * database does not show it as pushed yet.
 *
 * <p>A record that comes again itself is different: its push was given up with its partition, so it is handed over
 * again. An entry stays until the database knows and whoever may have read it just before has claimed what is unpushed
 * by that, or until newer ones crowd it out.
 */
final class InFlight {

    /**
     * Five for each record that a pipeline holds. Where there are more, a repeat that comes before its mark may be
     * pushed twice.
     */
    private static final int LIMIT = 50_000;

    /** Which revision is pushed, and the record that asked for it. */
    private record Push(int revision, String topic, int partition, long offset) {

        boolean isOf(DecodedRecord record) {
            return offset == record.offset() && partition == record.partition() && topic.equals(record.topic());
        }
    }

    private final Map<UUID, Push> pushes = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<UUID, Push> eldest) {
            return size() > LIMIT;
        }
    };

    /** While it is open, the caller reads what the database shows as pushed, and claims what it does not. */
    interface Reading extends AutoCloseable {
        @Override
        void close();
    }

    /** What the database knows since {@code lastReading} had begun. */
    private record Marked(List<PushMark> marks, long lastReading) {}

    private final Deque<Marked> marked = new ArrayDeque<>();
    private final SortedSet<Long> readings = new TreeSet<>();
    private long lastReading;

    synchronized Reading reading() {
        long number = ++lastReading;
        readings.add(number);
        return () -> end(number);
    }

    private synchronized void end(long reading) {
        readings.remove(reading);
        while (!marked.isEmpty() && (readings.isEmpty() || marked.getFirst().lastReading() < readings.first())) {
            release(marked.removeFirst().marks());
        }
    }

    /** The database shows these as pushed. */
    synchronized void marked(List<PushMark> marks) {
        marked.add(new Marked(marks, lastReading));
    }

    /** Whether {@code record} is to push this; then it is in flight. */
    synchronized boolean claim(PushMark mark, DecodedRecord record) {
        int revision = revision(mark);
        Push known = pushes.get(mark.id());
        if (known != null && known.revision() >= revision && !known.isOf(record)) {
            return false;
        }
        pushes.put(mark.id(), new Push(revision, record.topic(), record.partition(), record.offset()));
        return true;
    }

    /** These rows are new: what was pushed by their ids was of rows that retention has removed since. */
    synchronized void forget(Stream<UUID> fresh) {
        fresh.forEach(pushes::remove);
    }

    /** Pusher refused these: whoever brings them again, such as a redriven dead letter, is to push them. */
    synchronized void release(List<PushMark> marks) {
        for (PushMark mark : marks) {
            pushes.computeIfPresent(mark.id(), (_, push) -> push.revision() > revision(mark) ? push : null);
        }
    }

    private static int revision(PushMark mark) {
        return switch (mark) {
            case PushMark.OfNotification(UUID id, int revision) -> revision;
            case PushMark.OfEvent(UUID id) -> 1;
        };
    }
}
