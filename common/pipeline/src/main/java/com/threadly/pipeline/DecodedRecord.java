package com.threadly.pipeline;

import java.time.Instant;
import org.apache.avro.specific.SpecificRecord;

/**
 * A decoded record.
 *
 * @param timestamp the broker's or producer's publish time
 * @param event an instance of one of the generated classes
 */
public record DecodedRecord(
        String topic, int partition, long offset, Instant timestamp, String key, SpecificRecord event) {}
