package com.threadly.notification.rebuild;

import com.threadly.notification.inbox.AnotherRebuildException;
import com.threadly.notification.inbox.Checkpoint;
import com.threadly.notification.inbox.RebuildStore;
import com.threadly.notification.inbox.RebuildStore.Found;
import com.threadly.notification.inbox.RebuildStore.Written;
import com.threadly.notification.inbox.RowCounts;
import com.threadly.notification.rule.Decision;
import com.threadly.runtime.retry.RetryPolicy;
import com.threadly.runtime.retry.UnavailableException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes the rows of records, per partition in one transaction with the checkpoint. */
final class RebuildWriter {

    private static final Logger log = LoggerFactory.getLogger(RebuildWriter.class);

    private final String rebuild;
    private final RebuildSelection selection;
    private final KeptRows kept;
    private final RecordRules rules;
    private final RebuildStore store;
    private final Storing storing;
    private final Map<TopicPartition, RowTally> tallies = new ConcurrentHashMap<>();

    /** What happens to new and changed rows. */
    @FunctionalInterface
    interface Storing {
        /** Writes them, and saves the checkpoint. */
        Written write(Found found, Checkpoint checkpoint, RowTally tally, long skipped)
                throws UnavailableException, InterruptedException;
    }

    RebuildWriter(
            String rebuild,
            RebuildSelection selection,
            KeptRows kept,
            RecordRules rules,
            RebuildStore store,
            Storing storing) {
        this.rebuild = rebuild;
        this.selection = selection;
        this.kept = kept;
        this.rules = rules;
        this.store = store;
        this.storing = storing;
    }

    /**
     * Writes records; waits while the database or the registry is down. One caller per partition.
     *
     * @param handled the worker has handled earlier offsets and will push later ones
     */
    void write(TopicPartition partition, List<ConsumerRecord<byte[], byte[]>> records, long handled)
            throws InterruptedException {
        int border = 0;
        while (border < records.size() && records.get(border).offset() < handled) {
            border++;
        }
        write(partition, records.subList(0, border), storing);
        write(
                partition,
                records.subList(border, records.size()),
                (found, checkpoint, tally, skipped) ->
                        store.writeForWorker(found, checkpoint, written -> counts(tally, written, skipped)));
    }

    static RowCounts counts(RowTally tally, Written written, long skipped) {
        return tally.counts(written.outcomes()).plus(new RowCounts(0, 0, 0, skipped));
    }

    private void write(TopicPartition partition, List<ConsumerRecord<byte[], byte[]>> records, Storing how)
            throws InterruptedException {
        for (int done = 0; done < records.size(); ) {
            done += writeFirst(partition, records.subList(done, records.size()), how);
        }
    }

    /** Writes as many as the worker stores together; returns their number. */
    private int writeFirst(TopicPartition partition, List<ConsumerRecord<byte[], byte[]>> left, Storing how)
            throws InterruptedException {
        RowTally tally = tallies.computeIfAbsent(partition, _ -> new RowTally());
        List<ConsumerRecord<byte[], byte[]>> records = left;
        for (int attempt = 1; ; attempt++) {
            try {
                List<Decision> decisions = Decision.together(left, rules::decide);
                records = left.subList(0, decisions.size());
                var checkpoint =
                        new Checkpoint(rebuild, partition, records.getLast().offset() + 1);
                long skipped = decisions.stream()
                        .filter(Decision.Invalid.class::isInstance)
                        .count();
                tally.remember(how.write(kept.of(selection.of(decisions)), checkpoint, tally, skipped)
                        .outcomes());
                return records.size();
            } catch (UnavailableException | KafkaException e) {
                if (attempt == 1) {
                    log.atWarn()
                            .addKeyValue("cause", e.getMessage())
                            .log("the rebuild waits for a dependency that is down; retrying until it is back");
                }
                RetryPolicy.STANDARD.pause(attempt);
            } catch (AnotherRebuildException e) {
                throw e;
            } catch (RuntimeException e) {
                writeHalves(partition, records, how, e);
                return records.size();
            }
        }
    }

    /** The database permanently rejects one of them: one by one, it shows which. */
    private void writeHalves(
            TopicPartition partition, List<ConsumerRecord<byte[], byte[]>> records, Storing how, RuntimeException cause)
            throws InterruptedException {
        if (records.size() > 1) {
            int half = records.size() / 2;
            write(partition, records.subList(0, half), how);
            write(partition, records.subList(half, records.size()), how);
            return;
        }
        long offset = records.getFirst().offset();
        log.atWarn()
                .addKeyValue("partition", partition)
                .addKeyValue("offset", offset)
                .setCause(cause)
                .log("skipped a record: the database rejected its row");
        skip(new Checkpoint(rebuild, partition, offset + 1));
    }

    private void skip(Checkpoint checkpoint) throws InterruptedException {
        for (int attempt = 1; ; attempt++) {
            try {
                store.save(checkpoint, new RowCounts(0, 0, 0, 1));
                return;
            } catch (UnavailableException e) {
                RetryPolicy.STANDARD.pause(attempt);
            }
        }
    }
}
