package com.threadly.notification;

import com.threadly.common.pipeline.Incoming;
import com.threadly.notification.inbox.Mark;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * What this process has handed over to be pushed of late, so that an event seen again meanwhile pushes nothing, although
 * the database does not show it as pushed yet.
 *
 * <p>A record that comes again itself is different: its push was given up with its partition, so it is handed over
 * again. Entries stay until newer ones crowd them out, also when the database knows: a handler may have read it just
 * before.
 */
final class InFlight {

    /** More than a pipeline holds at once. */
    private static final int LIMIT = 50_000;

    private record Origin(String topic, int partition, long offset) {}

    private record Push(int revision, Origin origin) {}

    private final Map<UUID, Push> pushes = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<UUID, Push> eldest) {
            return size() > LIMIT;
        }
    };

    /** Whether {@code record} is to push this; then it is in flight. */
    synchronized boolean claim(Mark mark, Incoming record) {
        var wanted = new Push(revision(mark), new Origin(record.topic(), record.partition(), record.offset()));
        Push known = pushes.get(mark.id());
        if (known != null
                && known.revision() >= wanted.revision()
                && !known.origin().equals(wanted.origin())) {
            return false;
        }
        pushes.put(mark.id(), wanted);
        return true;
    }

    /** These rows are new: what was pushed by their ids was of rows that retention has removed since. */
    synchronized void forget(Stream<UUID> fresh) {
        fresh.forEach(pushes::remove);
    }

    /** Pusher refused these: whoever brings them again, such as a redriven dead letter, is to push them. */
    synchronized void release(List<Mark> marks) {
        for (Mark mark : marks) {
            pushes.computeIfPresent(mark.id(), (_, push) -> push.revision() > revision(mark) ? push : null);
        }
    }

    private static int revision(Mark mark) {
        return switch (mark) {
            case Mark.OfNotification(UUID id, int revision) -> revision;
            case Mark.OfEvent(UUID id) -> 1;
        };
    }
}
