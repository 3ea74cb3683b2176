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
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/**
 * The pushes of this process in flight, so that a duplicate event pushes nothing, although the database does not show
 * it as pushed yet.
 *
 * <p>An entry stays until the database has the mark and every earlier reader has claimed its unpushed rows, or until
 * newer entries displace it. It counts no longer once its record's partition is revoked or lost: the push is abandoned,
 * and whoever reads its record again may do so in other batches, after rows have grown by another worker.
 */
final class InFlight {

    /**
     * Five per record that a pipeline holds. With more, a duplicate before its mark may be pushed twice.
     */
    private static final int LIMIT = 50_000;

    /** The revision in flight, and the record that caused it. */
    private record Push(int revision, String topic, int partition, long offset, BooleanSupplier abandoned) {

        /** Whether {@code record} need not push it; it is the same one where a batch is handled again one by one. */
        boolean spares(DecodedRecord record) {
            return !abandoned.getAsBoolean() && !isOf(record);
        }

        private boolean isOf(DecodedRecord record) {
            return offset == record.offset() && partition == record.partition() && topic.equals(record.topic());
        }
    }

    private final Map<UUID, Push> pushes = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<UUID, Push> eldest) {
            return size() > LIMIT;
        }
    };

    /** While it is open, the caller reads which rows are pushed, and claims those that are not. */
    interface Reading extends AutoCloseable {
        @Override
        void close();
    }

    /** Marks that the database has had since {@code lastReading} began. */
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

    /** Whether {@code record} must push this; if so, it is in flight. */
    synchronized boolean claim(PushMark mark, DecodedRecord record) {
        int revision = revision(mark);
        Push known = pushes.get(mark.id());
        if (known != null && known.revision() >= revision && known.spares(record)) {
            return false;
        }
        pushes.put(
                mark.id(), new Push(revision, record.topic(), record.partition(), record.offset(), record.abandoned()));
        return true;
    }

    /** These rows are new: earlier pushes with their ids were of rows that retention has since removed. */
    synchronized void forget(Stream<UUID> fresh) {
        fresh.forEach(pushes::remove);
    }

    /** Pusher rejected these: if they come again, such as from a redriven dead letter, push them. */
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
