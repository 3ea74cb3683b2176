package com.threadly.localstack.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import org.apache.kafka.common.TopicPartition;

/** The first segment of a partition's log, to be damaged. */
record LogSegment(Path file) {

    private static final long HEADER_OF_A_BATCH = 70;

    /** That of {@code partition} in a broker's {@code folder}. */
    static LogSegment of(Path folder, TopicPartition partition) {
        return new LogSegment(folder.resolve(partition.toString()).resolve("00000000000000000000.log"));
    }

    void cutOffLastBatch() throws IOException {
        try (var log = new RandomAccessFile(file.toFile(), "rw")) {
            log.setLength(lastTwoBatches(log).last());
        }
    }

    void damageFirstRecord() throws IOException {
        try (var log = new RandomAccessFile(file.toFile(), "rw")) {
            flip(log, HEADER_OF_A_BATCH);
        }
    }

    void damageLastBatchButOne() throws IOException {
        try (var log = new RandomAccessFile(file.toFile(), "rw")) {
            Batches batches = lastTwoBatches(log);
            long inItsRecords = batches.last() - 1;
            assertThat(inItsRecords).isGreaterThan(batches.previous());
            flip(log, inItsRecords);
        }
    }

    /** Where the last two batches begin. */
    private record Batches(long previous, long last) {}

    private static Batches lastTwoBatches(RandomAccessFile log) throws IOException {
        long previous = 0;
        long last = 0;
        for (long at = 0; at < log.length(); ) {
            previous = last;
            last = at;
            // A batch begins with its offset and the length of what follows them.
            log.seek(at + Long.BYTES);
            at += Long.BYTES + Integer.BYTES + log.readInt();
        }
        return new Batches(previous, last);
    }

    private static void flip(RandomAccessFile log, long at) throws IOException {
        log.seek(at);
        int was = log.read();
        log.seek(at);
        log.write(was ^ 0xFF);
    }
}
