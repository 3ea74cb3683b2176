package com.threadly.events;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.NullMarked;

/**
 * Which times in events are credible: one rule for every topic. Nobody's clock decides alone, so an event's times are
 * compared with its record's.
 */
@NullMarked
public final class EventTimes {

    /** Clocks synchronized by NTP differ by less. */
    public static final Duration TOLERANCE = Duration.ofSeconds(5);

    /** A time further ahead is in another unit, or from a clock that nobody synchronizes. */
    private static final Duration MAX_AHEAD = Duration.ofHours(1);

    /** The ends of a window, and of what is of use: they are where they are said to be. */
    private static final Set<String> NOT_LIMITED = Set.of("windowStart", "windowEnd", "expiresAt");

    /** And bounds of what has happened: "everything" may be written as the end of time. */
    private static final Set<String> MAY_BE_FAR_AHEAD = Set.of("allUpTo", "windowStart", "windowEnd", "expiresAt");

    /** ISO 8601 needs another form for later years. */
    private static final Instant END = Instant.parse("9999-12-31T23:59:59.999Z");

    private static final Map<Schema, List<Schema.Field>> FIELDS = new ConcurrentHashMap<>();

    private EventTimes() {}

    /**
     * Checks every time in {@code event}, and limits those ahead of its record to the difference of synchronized clocks.
     *
     * @param recordTime when the record was published
     * @throws InvalidFieldException when a time is before 1970 or far ahead
     */
    public static void settle(SpecificRecord event, Instant recordTime) {
        Instant latest = recordTime.plus(TOLERANCE);
        for (Schema.Field field : FIELDS.computeIfAbsent(event.getSchema(), EventTimes::timesOf)) {
            if (event.get(field.pos()) instanceof Instant time) {
                check(field.name(), time, recordTime);
                if (time.isAfter(latest) && !NOT_LIMITED.contains(field.name())) {
                    event.put(field.pos(), latest);
                }
            }
        }
    }

    private static void check(String field, Instant time, Instant recordTime) {
        if (time.isBefore(Instant.EPOCH)) {
            throw new InvalidFieldException(field, "is before 1970");
        }
        if (MAY_BE_FAR_AHEAD.contains(field)) {
            if (time.isAfter(END)) {
                throw new InvalidFieldException(field, "is after the year 9999; is it in milliseconds?");
            }
        } else if (time.isAfter(recordTime.plus(MAX_AHEAD))) {
            throw new InvalidFieldException(
                    field, "is more than an hour after its record was published; is it in milliseconds?");
        }
    }

    private static List<Schema.Field> timesOf(Schema schema) {
        return schema.getFields().stream()
                .filter(field -> isTime(field.schema()))
                .toList();
    }

    private static boolean isTime(Schema schema) {
        return schema.isUnion()
                ? schema.getTypes().stream().anyMatch(EventTimes::isTime)
                : schema.getLogicalType() != null
                        && schema.getLogicalType().getName().startsWith("timestamp-");
    }
}
