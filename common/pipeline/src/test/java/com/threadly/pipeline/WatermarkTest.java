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

class WatermarkTest {

    @Property
    void nextIsAlwaysTheFirstOffsetThatIsNotDone(
            @ForAll @Size(min = 1, max = 60) List<@IntRange(min = 1, max = 3) Integer> gaps, @ForAll long seed) {
        var watermark = new Watermark();
        var marks = new ArrayList<Watermark.Mark>();
        var offsets = new ArrayList<Long>();
        long offset = 0;
        for (int gap : gaps) {
            offset += gap;
            offsets.add(offset);
            marks.add(watermark.begin(offset, offset));
        }
        var order = new ArrayList<Integer>();
        for (int i = 0; i < marks.size(); i++) {
            order.add(i);
        }
        Collections.shuffle(order, new Random(seed));

        var open = new TreeSet<>(order);
        for (int index : order) {
            watermark.finish(marks.get(index));
            open.remove(index);
            int firstOpen = open.isEmpty() ? marks.size() : open.first();
            assertThat(watermark.waitingSince())
                    .isEqualTo(open.isEmpty() ? OptionalLong.empty() : OptionalLong.of(offsets.get(firstOpen)));
            if (firstOpen == 0) {
                assertThat(watermark.next()).isEmpty();
            } else {
                assertThat(watermark.next()).hasValue(offsets.get(firstOpen - 1) + 1);
            }
        }
    }

    @Test
    void hasNothingToCommitBeforeAnythingIsDone() {
        var watermark = new Watermark();
        watermark.begin(7, 70);

        assertThat(watermark.next()).isEmpty();
    }
}
