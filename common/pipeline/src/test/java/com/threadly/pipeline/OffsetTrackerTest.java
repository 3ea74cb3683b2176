package com.threadly.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class OffsetTrackerTest {

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
            marks.add(offsetTracker.begin(offset, offset));
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
                assertThat(offsetTracker.next()).hasValue(offsets.get(firstOpen - 1) + 1);
            }
        }
    }

    @Test
    void hasNothingToCommitBeforeAnythingIsDone() {
        var offsetTracker = new OffsetTracker();
        offsetTracker.begin(7, 70);

        assertThat(offsetTracker.next()).isEmpty();
    }
}
