package com.threadly.pipeline.dedup;

import com.threadly.runtime.health.HealthCheck;
import com.threadly.runtime.retry.UnavailableException;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;

/** Learns what must be known of partitions before their first record is handled. */
public interface HistoryLoader {

    /** What the brokers know of partitions; in trouble while some could not be asked about. */
    interface Logs extends HealthCheck, AutoCloseable {

        /** Of each of {@code partitions} that could be asked about. */
        Map<TopicPartition, LogAtStart> of(Set<TopicPartition> partitions)
                throws UnavailableException, InterruptedException;

        /**
         * The first offsets with these times or later, of those that could be asked about; {@link Long#MAX_VALUE} where
         * there is none.
         */
        Map<TopicPartition, Long> at(Map<TopicPartition, Long> times) throws InterruptedException;

        @Override
        void close();
    }

    /** Who waits for partitions, each for itself. */
    interface Results {

        boolean wants(TopicPartition partition);

        void known(TopicPartition partition, PartitionHistory history);
    }

    /** What it does with so many partitions, for whoever asks why they have not begun. */
    String task(int partitions);

    /**
     * Tells {@code results} of each of {@code partitions} as soon as it is known.
     *
     * @throws UnavailableException when some could not be read: try those again
     */
    void read(Set<TopicPartition> partitions, Results results) throws UnavailableException, InterruptedException;
}
