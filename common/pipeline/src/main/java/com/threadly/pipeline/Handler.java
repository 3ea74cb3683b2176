package com.threadly.pipeline;

import com.threadly.runtime.retry.UnavailableException;
import java.util.List;

/**
 * What a worker does with records: rules, and storing what they give.
 *
 * <p>Called on a virtual thread with records of one partition in offset order; one call at a time for a partition, many
 * partitions at once. It may see a record again after a crash or a rebalance, so what it stores must be idempotent.
 */
@FunctionalInterface
public interface Handler {

    /**
     * One effect for each record, in the same order; or for the first of them only, at least one, when all would give
     * rise to too much at once: the others come again as soon as these are on their way.
     *
     * @throws UnavailableException when something it needs is down: the same records come again after a pause
     * @throws RuntimeException when a record cannot be handled: the records then come one by one, and the one that
     *     fails alone becomes a dead letter {@code FAILED}
     */
    List<RecordOutcome> handle(List<DecodedRecord> records) throws UnavailableException;
}
