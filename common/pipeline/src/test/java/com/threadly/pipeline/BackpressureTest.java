package com.threadly.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BackpressureTest {

    /** What one of two partitions may hold of 100 records: 25 of its own, and as much of 50 as it leaves free. */
    @ParameterizedTest(name = "{0} and {1}: {2}")
    @CsvSource({
        "50, 0, ''",
        "51, 0, 0",
        "40, 40, ''",
        "42, 42, '0,1'",
        "51, 26, 0",
        "51, 25, 0",
        "60, 40, '0,1'",
        "200, 25, '0,1'",
    })
    void pausesWhatHoldsMoreThanItsShare(int first, int second, String paused) {
        assertThat(new Backpressure(100, 1_000).paused(List.of(assigned(0, first, 1), assigned(1, second, 1))))
                .isEqualTo(partitions(paused));
        assertThat(new Backpressure(1_000, 100).paused(List.of(assigned(0, 1, first), assigned(1, 1, second))))
                .isEqualTo(partitions(paused));
    }

    @Test
    void pausesNothingWhereNothingIsHeld() {
        var backpressure = new Backpressure(1, 1);

        assertThat(backpressure.paused(List.of())).isEmpty();
        assertThat(backpressure.paused(List.of(assigned(0, 0, 0), assigned(1, 1, 1))))
                .containsExactlyInAnyOrder(partition(0), partition(1));
    }

    /** Polls, small next to a share, go to partitions that are not paused, in any order; all but one are stuck. */
    @Property(tries = 200)
    void thoseThatAreStuckLeaveRoomForTheOne(
            @ForAll @IntRange(min = 2, max = 8) int count,
            @ForAll @Size(max = 1_000) List<@IntRange(min = 0, max = 7) Integer> polled) {
        int max = 12_000;
        int atOnce = 20;
        var backpressure = new Backpressure(max, Long.MAX_VALUE / 2);
        var partitions = new ArrayList<AssignedPartition>();
        for (int i = 0; i < count; i++) {
            partitions.add(assigned(i, 0, 1));
        }
        for (int index : polled) {
            AssignedPartition stuck = partitions.get(1 + index % (count - 1));
            if (!backpressure.paused(partitions).contains(stuck.partition())) {
                stuck.accept(records(stuck.partition().partition(), atOnce, 1));
            }
            assertThat(backpressure.paused(partitions)).doesNotContain(partition(0));
        }

        assertThat(partitions.stream().mapToInt(AssignedPartition::held).sum()).isLessThan(max + atOnce);
        // It may hold its own part of half of all, whatever the others hold, less what each holds beyond its share.
        partitions.getFirst().accept(records(0, max / 2 / count - count * atOnce, 1));
        assertThat(backpressure.paused(partitions)).doesNotContain(partition(0));
    }

    @Test
    void pausesAllOnceTheProcessHoldsAllItMay() {
        var backpressure = new Backpressure(100, 1_000);
        List<AssignedPartition> partitions = List.of(assigned(0, 60, 1), assigned(1, 39, 1), assigned(2, 0, 1));

        assertThat(backpressure.paused(partitions)).doesNotContain(partition(2));
        partitions.get(1).accept(records(1, 1, 1));
        assertThat(backpressure.paused(partitions)).hasSize(3);
    }

    private static Set<TopicPartition> partitions(String numbers) {
        return numbers.isEmpty()
                ? Set.of()
                : Pattern.compile(",")
                        .splitAsStream(numbers)
                        .map(number -> partition(Integer.parseInt(number)))
                        .collect(Collectors.toSet());
    }

    /** A partition whose records never end. */
    private static AssignedPartition assigned(int partition, int records, int bytesEach) {
        var assigned = new AssignedPartition(
                partition(partition),
                PipelineFixture.NO_DUPLICATES,
                batch -> {},
                Thread.ofVirtual().factory(),
                PipelineFixture.session(),
                failure -> {});
        assigned.accept(records(partition, records, bytesEach));
        return assigned;
    }

    private static List<ConsumerRecord<byte[], byte[]>> records(int partition, int records, int bytesEach) {
        var polled = new ArrayList<ConsumerRecord<byte[], byte[]>>();
        for (int i = 0; i < records; i++) {
            polled.add(new ConsumerRecord<>(
                    "t",
                    partition,
                    i,
                    0,
                    TimestampType.CREATE_TIME,
                    0,
                    bytesEach,
                    new byte[0],
                    new byte[bytesEach],
                    new RecordHeaders(),
                    Optional.empty()));
        }
        return polled;
    }

    private static TopicPartition partition(int partition) {
        return new TopicPartition("t", partition);
    }
}
