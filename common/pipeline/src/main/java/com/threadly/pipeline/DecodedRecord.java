package com.threadly.pipeline;

import java.time.Instant;
import org.apache.avro.specific.SpecificRecord;

/**
 * A decoded record.
 *
 * @param timestamp when the broker or the producer says it was published
 * @param event of its topic's type; no time in it is ahead of its record by more than clocks differ
 * @param statedAt when the event itself says that it occurred: always the same, however often it is published
 */
public record DecodedRecord(
        String topic,
        int partition,
        long offset,
        Instant timestamp,
        String key,
        SpecificRecord event,
        Instant statedAt) {}
