package com.threadly.pipeline.start;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * From when on a partition is pushed of which its group has committed nothing.
 *
 * @param at from when on
 * @param note of the group's start of the topic
 */
public record FirstStart(StartAt at, StartNote note) {

    /** Records carry the times of other clocks than ours. */
    private static final Duration TOLERANCE = Duration.ofMinutes(1);

    /**
     * The rule. A topic of which nothing is committed begins as {@code wanted}. One of which other partitions have
     * begun, such as before a crash, goes on as those; but partitions that were added since are new altogether.
     *
     * @param committed the notes of the topic's partitions of which something is committed
     * @param partitions how many the topic has
     */
    public static FirstStart of(
            int partition, Collection<StartNote> committed, StartAt wanted, int partitions, Instant now) {
        if (committed.isEmpty()) {
            return new FirstStart(wanted, new StartNote(since(wanted, now), partitions, 0));
        }
        Optional<StartNote> begun =
                committed.stream().filter(note -> note.since() != null).min(Comparator.comparing(FirstStart::since));
        // Committed without a note, by another version or by hand: what is not committed is empty or was added.
        StartNote note = begun.orElse(new StartNote(Instant.EPOCH, partitions, 0));
        boolean all = partition >= note.partitions() || since(note).equals(Instant.EPOCH);
        return new FirstStart(
                all ? new StartAt.Earliest() : new StartAt.Time(since(note).minus(TOLERANCE)), note.pushingFrom(0));
    }

    private static Instant since(StartNote note) {
        return Objects.requireNonNull(note.since());
    }

    private static Instant since(StartAt wanted, Instant now) {
        return switch (wanted) {
            case StartAt.Now() -> now;
            case StartAt.Earliest() -> Instant.EPOCH;
            case StartAt.Time(Instant time) -> time;
        };
    }

    /**
     * Where the partition begins.
     *
     * @param pushFrom the offset that {@link #at} is
     * @param first the log's first offset
     * @param stores whether records are stored, too: then all of them are
     */
    public PartitionStart with(long pushFrom, long first, boolean stores) {
        return stores
                ? new PartitionStart(OptionalLong.of(first), note.pushingFrom(pushFrom))
                : new PartitionStart(OptionalLong.of(pushFrom), note);
    }
}
