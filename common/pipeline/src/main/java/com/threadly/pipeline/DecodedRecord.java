package com.threadly.pipeline;

import java.time.Instant;
import java.util.function.BooleanSupplier;
import org.apache.avro.specific.SpecificRecord;

/**
 * A decoded record.
 *
 * @param timestamp the broker's or producer's publish time
 * @param event of its topic's type; no time in it is ahead of its record by more than clocks differ
 * @param statedAt when the event itself says that it occurred: the same however often it is published
 * @param abandoned whether the partition has been revoked or lost since: what was not pushed by then is read again,
 *     here or elsewhere, and may be pushed there
 */
public record DecodedRecord(
        String topic,
        int partition,
        long offset,
        Instant timestamp,
        String key,
        SpecificRecord event,
        Instant statedAt,
        BooleanSupplier abandoned) {}
