package com.threadly.presence.viewers;

import static org.assertj.core.api.Assertions.assertThat;

import com.threadly.presence.store.Keys;
import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class LinearHashingTest {

    @Property
    void movesMembersOnlyFromOneGroupToTheNewOne(
            @ForAll String userId, @ForAll @IntRange(min = 1, max = 5_000) int groups) {
        byte[] name = Keys.utf8(userId);
        int before = LinearHashing.groupOf(name, groups);
        int after = LinearHashing.groupOf(name, groups + 1);

        assertThat(before).isBetween(0, groups - 1);
        if (after != before) {
            assertThat(after).isEqualTo(groups);
            assertThat(before).isEqualTo(LinearHashing.partnerOf(groups));
        }
    }

    @Test
    void isEvenForNamesThatAreAlmostTheSame() {
        int groups = 64;
        int[] members = new int[groups];
        for (int user = 0; user < 32 * groups; user++) {
            members[LinearHashing.groupOf(Keys.utf8("u" + user), groups)]++;
        }

        assertThat(Arrays.stream(members)).allMatch(some -> some > 8 && some < 64);
    }

    @Property
    void isNeverTightAndWideAtOnce(
            @ForAll @IntRange(max = 200_000) int members, @ForAll @IntRange(min = 1, max = 5_000) int groups) {
        assertThat(LinearHashing.isTight(members, groups) && LinearHashing.isWide(members, groups))
                .isFalse();
        assertThat(LinearHashing.isTight(members, groups) && LinearHashing.isWide(members, groups + 1))
                .isFalse();
    }
}
