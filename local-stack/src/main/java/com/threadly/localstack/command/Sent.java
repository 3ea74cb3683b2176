package com.threadly.localstack.command;

import java.util.LongSummaryStatistics;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.kafka.clients.producer.RecordMetadata;

/** The offsets of published events. */
final class Sent {

    private final String brokers;
    private final SortedMap<Integer, LongSummaryStatistics> partitions = new TreeMap<>();

    Sent(String brokers) {
        this.brokers = brokers;
    }

    void add(RecordMetadata acknowledged) {
        partitions
                .computeIfAbsent(acknowledged.partition(), _ -> new LongSummaryStatistics())
                .accept(acknowledged.offset());
    }

    @Override
    public String toString() {
        return "at " + brokers + ": "
                + partitions.entrySet().stream()
                        .map(partition -> "partition " + partition.getKey() + " " + offsets(partition.getValue()))
                        .collect(Collectors.joining(", "));
    }

    private static String offsets(LongSummaryStatistics offsets) {
        return offsets.getMin() == offsets.getMax()
                ? "offset " + offsets.getMin()
                : "offsets " + offsets.getMin() + "-" + offsets.getMax();
    }
}
