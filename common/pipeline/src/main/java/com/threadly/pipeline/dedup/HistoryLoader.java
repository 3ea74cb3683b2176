package com.threadly.pipeline.dedup;

import com.threadly.runtime.health.HealthCheck;
import com.threadly.runtime.retry.UnavailableException;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;

/** Loads the state of partitions from before their first record is handled. */
public interface HistoryLoader {

    /** Looks up partitions at the brokers; in trouble while some lookups fail. */
    interface Logs extends HealthCheck, AutoCloseable {

        /** The logs of those of {@code partitions} whose lookup succeeded. */
        Map<TopicPartition, LogAtStart> of(Set<TopicPartition> partitions)
                throws UnavailableException, InterruptedException;

        /**
         * The first offsets at or after these times, where the lookup succeeded; 0 where a damaged log cannot be
         * searched, {@link Long#MAX_VALUE} where there is none.
         */
        Map<TopicPartition, Long> at(Map<TopicPartition, Long> times) throws InterruptedException;

        /** The latest times of records, where the lookup succeeded and there are records. */
        Map<TopicPartition, Long> latestTimes(Set<TopicPartition> partitions) throws InterruptedException;

        @Override
        void close();
    }

    /** Receives the result of each partition. */
    interface Results {

        boolean wants(TopicPartition partition);

        void known(TopicPartition partition, PartitionHistory history);
    }

    /** Describes the work on so many partitions, for the health check. */
    String task(int partitions);

    /**
     * Reports each of {@code partitions} to {@code results} as soon as it is loaded.
     *
     * @throws UnavailableException when some could not be read: retry those
     */
    void read(Set<TopicPartition> partitions, Results results) throws UnavailableException, InterruptedException;
}
