package com.threadly.pipeline.start;

import com.threadly.pusher.PushEvent;
import com.threadly.runtime.settings.Setting;
import com.threadly.runtime.settings.Settings;
import java.time.Duration;
import java.time.Instant;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Which of the records that are handled are pushed, too.
 *
 * @param startAt from when on, for a group that has committed nothing of a topic
 * @param maxAge only those that are younger; null for any age
 */
public record PushScope(StartAt startAt, @Nullable Duration maxAge) {

    /** For those that push nothing. */
    public static final PushScope ALL = new PushScope(new StartAt.Earliest(), null);

    public static final Setting<StartAt> START_AT = Setting.parsed(
                    "START_AT",
                    "From when on a topic without committed offsets is pushed, as at a group's first start: now, earliest,"
                            + " or a time such as 2026-01-31T00:00:00Z.",
                    StartAt::parse,
                    new StartAt.Now())
            .orElse("now");

    public static final Setting<Duration> PUSH_MAX_AGE = Setting.duration(
                    "PUSH_MAX_AGE",
                    "Records published longer ago are not pushed, whatever they waited for; notifications are stored all"
                            + " the same. Unless set, records of any age are pushed.")
            .checked(PushScope::longerThanNothing);

    public static PushScope from(Settings settings) {
        return new PushScope(settings.get(START_AT), settings.find(PUSH_MAX_AGE).orElse(null));
    }

    /** The same, where {@code now} is always the same moment. */
    public PushScope asOf(Instant now) {
        return new PushScope(startAt.asOf(now), maxAge);
    }

    /** {@code event}, for no longer than its record is young enough. */
    public PushEvent bounded(PushEvent event, ConsumerRecord<byte[], byte[]> record) {
        return maxAge == null || record.timestamp() <= 0
                ? event
                : event.untilAtMost(Instant.ofEpochMilli(record.timestamp()).plus(maxAge));
    }

    private static Duration longerThanNothing(Duration maxAge) {
        if (maxAge.isZero()) {
            throw new IllegalArgumentException("expected more than nothing");
        }
        return maxAge;
    }
}
