package com.threadly.pipeline;

import java.time.Instant;
import org.apache.avro.specific.SpecificRecord;

/**
 * A decoded record.
 *
 * @param timestamp the broker's or producer's publish time
 * @param event of its topic's type; no time in it is ahead of its record by more than clocks differ
 * @param statedAt when the event itself says that it occurred: the same however often it is published
 */
public record DecodedRecord(
        String topic,
        int partition,
        long offset,
        Instant timestamp,
        String key,
        SpecificRecord event,
        Instant statedAt) {}
