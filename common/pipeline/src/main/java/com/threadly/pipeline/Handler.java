package com.threadly.pipeline;

import com.threadly.runtime.retry.UnavailableException;
import java.util.List;

/**
 * A worker's logic for records: applies rules and stores the results.
 *
 * <p>Called on a virtual thread with records of one partition in offset order; one call at a time per partition,
 * partitions in parallel. Storing must be idempotent: records may repeat after a crash or a rebalance.
 */
@FunctionalInterface
public interface Handler {

    /**
     * One outcome per record, in the same order; or for the first ones only, at least one, when all would produce too
     * many pushes at once: the others come again as soon as these are queued.
     *
     * @throws UnavailableException when a dependency is down: the same records come again after a pause
     * @throws RuntimeException when a record cannot be handled: the records then come one by one, and the one that
     * fails becomes a dead letter {@code FAILED}
     */
    List<RecordOutcome> handle(List<DecodedRecord> records) throws UnavailableException;
}
