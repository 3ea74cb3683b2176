package com.threadly.pipeline.dedup;

import com.threadly.pipeline.start.FirstStart;
import com.threadly.pipeline.start.PartitionStart;
import com.threadly.pipeline.start.StartAt;
import com.threadly.pipeline.start.StartNote;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * A partition's log when the partition is assigned, and where it begins.
 *
 * @param handled how far the group has come; where nothing is committed, up to where nothing is pushed
 * @param first from when on it is pushed, where nothing is committed
 */
record LogAtStart(
        HandledLog handled, PartitionStart start, @Nullable StartAt first) {

    static LogAtStart committed(HandledLog handled, StartNote note, boolean stores) {
        if (handled.truncated()) {
            // What follows is new, even where the log began before.
            StartNote from = note.pushFrom() > handled.handled() ? note.pushingFrom(handled.handled()) : note;
            return new LogAtStart(handled, new PartitionStart(OptionalLong.of(handled.handled()), from), null);
        }
        if (!handled.committedBeyondEnd()) {
            return new LogAtStart(handled, new PartitionStart(OptionalLong.empty(), note), null);
        }
        // What is in such a log may be another's: storing it again changes nothing, pushing it might.
        return new LogAtStart(
                handled,
                stores
                        ? new PartitionStart(OptionalLong.of(handled.start()), note.pushingFrom(handled.end()))
                        : new PartitionStart(OptionalLong.of(handled.end()), note),
                null);
    }

    static LogAtStart first(FirstStart first, long pushFrom, long start, long stableEnd, long end, boolean stores) {
        return new LogAtStart(
                new HandledLog(pushFrom, Long.MAX_VALUE, start, stableEnd, end),
                first.with(pushFrom, start, stores),
                first.at());
    }

    /** The same, where {@code epoch} is that of the log's last record. */
    LogAtStart endingIn(Optional<Integer> epoch) {
        return start.beginAt().equals(OptionalLong.of(handled.end()))
                ? new LogAtStart(handled, new PartitionStart(start.beginAt(), epoch, start.note()), first)
                : this;
    }

    /** How many records that it holds are not pushed because they were there before. */
    long unpushed() {
        return first == null ? 0 : Math.max(0, handled.committed() - handled.start());
    }
}
