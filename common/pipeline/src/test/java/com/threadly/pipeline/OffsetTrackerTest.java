package com.threadly.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

class OffsetTrackerTest {

    private static final int EPOCH = 3;

    @Property
    void nextIsAlwaysTheFirstOffsetThatIsNotDone(
            @ForAll @Size(min = 1, max = 60) List<@IntRange(min = 1, max = 3) Integer> gaps, @ForAll long seed) {
        var offsetTracker = new OffsetTracker();
        var marks = new ArrayList<OffsetTracker.Entry>();
        var offsets = new ArrayList<Long>();
        long offset = 0;
        for (int gap : gaps) {
            offset += gap;
            offsets.add(offset);
            marks.add(offsetTracker.begin(record(offset)));
        }
        var order = new ArrayList<Integer>();
        for (int i = 0; i < marks.size(); i++) {
            order.add(i);
        }
        Collections.shuffle(order, new Random(seed));

        var open = new TreeSet<>(order);
        for (int index : order) {
            offsetTracker.finish(marks.get(index));
            open.remove(index);
            int firstOpen = open.isEmpty() ? marks.size() : open.first();
            assertThat(offsetTracker.waitingSince())
                    .isEqualTo(open.isEmpty() ? OptionalLong.empty() : OptionalLong.of(offsets.get(firstOpen)));
            if (firstOpen == 0) {
                assertThat(offsetTracker.next()).isEmpty();
            } else {
                assertThat(offsetTracker.next())
                        .hasValue(new OffsetAndMetadata(offsets.get(firstOpen - 1) + 1, Optional.of(EPOCH), ""));
            }
        }
    }

    @Test
    void hasNothingToCommitBeforeAnythingIsDone() {
        var offsetTracker = new OffsetTracker();
        offsetTracker.begin(record(7));

        assertThat(offsetTracker.next()).isEmpty();
    }

    @Test
    void keepsTheEpochWhereAPositionHasNone() {
        var offsetTracker = new OffsetTracker();
        OffsetTracker.Entry record = offsetTracker.begin(record(7));
        offsetTracker.reach(new OffsetAndMetadata(9));
        offsetTracker.finish(record);
        assertThat(offsetTracker.next()).hasValue(new OffsetAndMetadata(9, Optional.of(EPOCH), ""));

        offsetTracker.reach(new OffsetAndMetadata(12));
        assertThat(offsetTracker.next()).hasValue(new OffsetAndMetadata(12, Optional.of(EPOCH), ""));
    }

    @Test
    void whatFollowsTheLastRecordIsDoneWithIt() {
        var offsetTracker = new OffsetTracker();
        var pastAMarker = new OffsetAndMetadata(9, Optional.of(EPOCH + 1), "");
        OffsetTracker.Entry record = offsetTracker.begin(record(7));
        offsetTracker.reach(pastAMarker);
        assertThat(offsetTracker.next()).isEmpty();

        offsetTracker.finish(record);

        assertThat(offsetTracker.next()).hasValue(pastAMarker);
    }

    @Test
    void whereThereAreNoRecordsAtAllIsDoneAtOnce() {
        var offsetTracker = new OffsetTracker();
        var pastAMarker = new OffsetAndMetadata(1, Optional.of(EPOCH), "");

        offsetTracker.reach(pastAMarker);

        assertThat(offsetTracker.next()).hasValue(pastAMarker);
    }

    @Test
    void goesBackWithALogThatWasTruncated() {
        var offsetTracker = new OffsetTracker();
        OffsetTracker.Entry before = offsetTracker.begin(record(999));
        OffsetTracker.Entry again = offsetTracker.begin(record(950));

        offsetTracker.finish(again);
        assertThat(offsetTracker.next()).isEmpty();
        offsetTracker.finish(before);

        assertThat(offsetTracker.next()).hasValue(new OffsetAndMetadata(951, Optional.of(EPOCH), ""));
    }

    /** Its timestamp is its offset. */
    private static ConsumerRecord<byte[], byte[]> record(long offset) {
        return new ConsumerRecord<>(
                "t",
                0,
                offset,
                offset,
                TimestampType.CREATE_TIME,
                0,
                0,
                new byte[0],
                new byte[0],
                new RecordHeaders(),
                Optional.of(EPOCH));
    }
}
