package com.threadly.presence.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class PackedTimesTest {

    private final PackedTimes rows = PackedTimes.empty(2)
            .with(Keys.utf8("ana"), 1, 2)
            .with(Keys.utf8("an"), 3, 4)
            .with(Keys.utf8("bo"), 5, 6);

    @Property
    void keepWhatWasPutLast(
            @ForAll @Size(max = 30) List<@StringLength(max = 3) @AlphaChars String> names,
            @ForAll @LongRange(min = 0, max = (1L << 48) - 100) long time) {
        Map<String, Long> expected = new HashMap<>();
        PackedTimes rows = PackedTimes.empty(2);
        for (String name : names) {
            long next = time + expected.size();
            rows = rows.with(Keys.utf8(name), next, time);
            expected.put(name, next);
        }

        assertThat(rows.count()).isEqualTo(expected.size());
        for (Map.Entry<String, Long> entry : expected.entrySet()) {
            int row = rows.find(Keys.utf8(entry.getKey()));
            assertThat(rows.name(row)).isEqualTo(Keys.utf8(entry.getKey()));
            assertThat(rows.time(row, 0)).isEqualTo(entry.getValue());
            assertThat(rows.time(row, 1)).isEqualTo(time);
        }
    }

    @Test
    void areFoundByTheirWholeNames() {
        assertThat(rows.time(rows.find(Keys.utf8("an")), 0)).isEqualTo(3);
        assertThat(rows.find(Keys.utf8("a"))).isNegative();
        assertThat(rows.find(Keys.utf8("b"))).isNegative();
    }

    @Test
    void areTakenApartAndPutTogether() {
        PackedTimes pairs = rows.where(row -> rows.name(row).length == 2);
        PackedTimes others = rows.where(row -> rows.name(row).length != 2);

        assertThat(names(pairs)).containsExactly("an", "bo");
        assertThat(names(others.and(pairs))).containsExactly("ana", "an", "bo");
        assertThat(rows.where(_ -> false)).isEqualTo(PackedTimes.empty(2));
    }

    @Test
    void comeBackAsTheyWereWritten() {
        ByteBuffer bytes = ByteBuffer.allocate(rows.end());
        rows.writeTo(bytes);

        assertThat(PackedTimes.readFrom(bytes.flip(), 2)).isEqualTo(rows);
    }

    private static List<String> names(PackedTimes rows) {
        var names = new ArrayList<String>();
        for (int row = 0; row < rows.end(); row = rows.next(row)) {
            names.add(new String(rows.name(row), StandardCharsets.UTF_8));
        }
        return names;
    }
}
