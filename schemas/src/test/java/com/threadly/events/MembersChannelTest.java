package com.threadly.events;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MembersChannelTest {

    @Test
    void followsFromTheSetOfMembersAlone() {
        MembersChannel channel = MembersChannel.of("c1", List.of("ana", "ben", "ana"));

        assertThat(channel).isEqualTo(MembersChannel.of("c1", Set.of("ben", "ana")));
        assertThat(channel.key()).isEqualTo("sH4LFsBqcxAtbWK_oU2b5w");
        assertThat(List.of(List.of("ana"), List.of("an", "a"), List.of("ana", "ben", "cleo"), List.<String>of()))
                .extracting(members -> MembersChannel.of("c1", members).key())
                .doesNotHaveDuplicates()
                .doesNotContain(channel.key());
    }

    @ParameterizedTest
    @ValueSource(strings = {"c1", "-", "a-b-c", "AAAAAAAAAAAAAAAAAAAAAA-c1"})
    void isReadBackFromItsName(String conversationId) {
        MembersChannel channel = MembersChannel.of(conversationId, List.of("ana"));
        String name = ChannelNames.members(channel);

        assertThat(name).startsWith(ChannelNames.MEMBERS_PREFIX);
        assertThat(MembersChannel.parse(name.substring(ChannelNames.MEMBERS_PREFIX.length())))
                .contains(channel);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "c1", "AAAAAAAAAAAAAAAAAAAAAA", "AAAAAAAAAAAAAAAAAAAAAA-", "AAAAAAAAAAAAAAAAAAAAAA.c1"})
    void isNothingElse(String text) {
        assertThat(MembersChannel.parse(text)).isEmpty();
    }
}
