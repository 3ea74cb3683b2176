package com.threadly.pipeline.start;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How a group began to push a topic. It is kept with each committed offset, as its metadata: so every member knows it,
 * after any crash, and it goes when the offsets go.
 *
 * @param since from when on; {@link Instant#EPOCH} is always, null is not known
 * @param partitions how many the topic had then; what was added later is new from its first record on
 * @param pushFrom records of this partition before this offset are stored, and not pushed
 */
public record StartNote(@Nullable Instant since, int partitions, long pushFrom) {

    /** Of an offset that was committed without one. */
    public static final StartNote NONE = new StartNote(null, 0, 0);

    private static final String SINCE = "since";
    private static final String PARTITIONS = "partitions";
    private static final String PUSH_FROM = "push-from";

    /** What {@link #text} gave; {@link #NONE} for any other text. */
    public static StartNote parse(String metadata) {
        try {
            Map<String, String> parts = Stream.of(metadata.split(" ", -1))
                    .map(part -> part.split("=", 2))
                    .filter(part -> part.length == 2)
                    .collect(Collectors.toMap(part -> part[0], part -> part[1], (_, last) -> last));
            String since = parts.get(SINCE);
            return new StartNote(
                    since == null ? null : Instant.parse(since),
                    Integer.parseInt(parts.getOrDefault(PARTITIONS, "0")),
                    Long.parseLong(parts.getOrDefault(PUSH_FROM, "0")));
        } catch (DateTimeParseException | NumberFormatException e) {
            return NONE;
        }
    }

    /** The metadata of a committed offset. */
    public String text() {
        String place = PARTITIONS + "=" + partitions + " " + PUSH_FROM + "=" + pushFrom;
        return equals(NONE) ? "" : since == null ? place : SINCE + "=" + since + " " + place;
    }

    /** The same of a partition that is pushed from {@code offset} on. */
    public StartNote pushingFrom(long offset) {
        return new StartNote(since, partitions, offset);
    }
}
