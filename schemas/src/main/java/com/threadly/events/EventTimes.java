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
 * When the things may have happened that an event tells of: one rule for every topic. Nobody's clock decides alone, so
 * an event is held against the time of the record that it came in.
 */
@NullMarked
public final class EventTimes {

    /** Clocks that are kept by NTP differ by less. */
    public static final Duration TOLERANCE = Duration.ofSeconds(5);

    /** What is further ahead was written in another unit, or by a clock that nobody keeps. */
    private static final Duration MAX_AHEAD = Duration.ofHours(1);

    /** By their nature: a border up to which something holds. */
    private static final Set<String> MAY_LIE_AHEAD = Set.of("allUpTo", "windowStart", "windowEnd");

    /** ISO-8601 has no other form for later years, and no clock is meant. */
    private static final Instant END = Instant.parse("9999-12-31T23:59:59.999Z");

    private static final Map<Schema, List<Schema.Field>> FIELDS = new ConcurrentHashMap<>();

    private EventTimes() {}

    /**
     * Checks every time in {@code event}, and takes what is ahead of its record for as late as clocks may differ.
     *
     * @param recordTime when the record was published
     * @throws InvalidFieldException when a time lies before 1970 or well ahead
     */
    public static void settle(SpecificRecord event, Instant recordTime) {
        Instant latest = recordTime.plus(TOLERANCE);
        for (Schema.Field field : FIELDS.computeIfAbsent(event.getSchema(), EventTimes::timesOf)) {
            // None where it is optional.
            if (event.get(field.pos()) instanceof Instant time) {
                check(field.name(), time, recordTime);
                if (time.isAfter(latest) && !MAY_LIE_AHEAD.contains(field.name())) {
                    event.put(field.pos(), latest);
                }
            }
        }
    }

    private static void check(String field, Instant time, Instant recordTime) {
        if (time.isBefore(Instant.EPOCH)) {
            throw new InvalidFieldException(field, "lies before 1970");
        }
        if (MAY_LIE_AHEAD.contains(field)) {
            if (time.isAfter(END)) {
                throw new InvalidFieldException(field, "lies after the year 9999; is it in milliseconds?");
            }
        } else if (time.isAfter(recordTime.plus(MAX_AHEAD))) {
            throw new InvalidFieldException(
                    field, "lies more than an hour after its record was published; is it in milliseconds?");
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
