package com.threadly.gateway.channels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.threadly.gateway.access.Access;
import com.threadly.gateway.channels.ChannelDecision.Allowed;
import com.threadly.gateway.channels.ChannelDecision.Reason;
import com.threadly.gateway.channels.ChannelDecision.Refused;
import com.threadly.gateway.identity.User;
import com.threadly.runtime.retry.UnavailableException;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChannelRulesTest {

    /** Ana takes part in c1, and in o1. */
    private static final User ANA = new User("u1", Map.of("name", "Ana"), Set.of(), Set.of());

    private final ChannelRules rules = new ChannelRules(new Circles(), true);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "private-user-u1",
                "private-conversation-c1",
                "private-encrypted-conversation-c1",
                "private-order-o1",
                "presence-product-p1",
                "presence-category-shoes",
                "presence-search-red=20shoes",
                "presence-user-u2"
            })
    void allows(String channel) throws Exception {
        assertThat(rules.decide(ANA, channel)).isEqualTo(new Allowed());
    }

    @ParameterizedTest
    @CsvSource({
        "private-user-u2, NOT_YOURS",
        "private-user-u11, NOT_YOURS",
        "private-user-U1, NOT_YOURS",
        "private-user-u, NOT_YOURS",
        "private-conversation-c2, NOT_YOURS",
        "private-encrypted-conversation-c2, NOT_YOURS",
        "private-conversation-o1, NOT_YOURS",
        "private-order-c1, NOT_YOURS",
        "private-order-o2, NOT_YOURS",
        "global-announcements, PUBLIC",
        "status-updates, PUBLIC",
        "private-user-, UNKNOWN",
        "presence-product-, UNKNOWN",
        "private-, UNKNOWN",
        "Private-user-u1, UNKNOWN",
        "presence-order-o1, UNKNOWN",
        "presence-conversation-c1, UNKNOWN",
        "private-product-p1, UNKNOWN",
        "private-encrypted-user-u1, UNKNOWN",
        "private-encrypted-order-o1, UNKNOWN",
        "private-cache-user-u1, UNKNOWN",
        "product-p1, UNKNOWN",
        "global-announcements-2, UNKNOWN",
    })
    void refuses(String channel, Reason reason) throws Exception {
        assertThat(rules.decide(ANA, channel)).isEqualTo(new Refused(reason));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "private-user-u1%2f",
                "private-user-u1 ",
                " private-user-u1",
                "private-user-u1\n",
                "private-user-u1\u0000",
                "private-user-u1/../u2",
                "private-us\u0435r-u1",
                "private-user-u\uff11",
                "private-user-u1\u200b",
                "private-user-u1#c",
                "private-user-u1:private-user-u2",
            })
    void refusesWhatNoChannelCanBeCalled(String channel) throws Exception {
        assertThat(rules.decide(ANA, channel)).isEqualTo(new Refused(Reason.MALFORMED));
    }

    @Test
    void refusesAnEndlessName() throws Exception {
        assertThat(rules.decide(ANA, "presence-product-" + "1".repeat(10_000)))
                .isEqualTo(new Refused(Reason.MALFORMED));
    }

    @Test
    void knowsNoEncryptedChannelsWithoutTheMasterKey() throws Exception {
        assertThat(new ChannelRules(new Circles(), false).decide(ANA, "private-encrypted-conversation-c1"))
                .isEqualTo(new Refused(Reason.UNKNOWN));
    }

    @Test
    void letsNobodyInWhileMembershipsCannotBeRead() {
        var down = new ChannelRules(new Down(), true);

        assertThatExceptionOfType(UnavailableException.class)
                .isThrownBy(() -> down.decide(ANA, "private-conversation-c1"));
    }

    private record Circles() implements Access {

        @Override
        public boolean participates(User user, String conversationId) {
            return user.id().equals("u1") && conversationId.equals("c1");
        }

        @Override
        public boolean isParty(User user, String orderId) {
            return user.id().equals("u1") && orderId.equals("o1");
        }
    }

    private record Down() implements Access {

        @Override
        public boolean participates(User user, String conversationId) throws UnavailableException {
            throw new UnavailableException("down", new IllegalStateException());
        }

        @Override
        public boolean isParty(User user, String orderId) throws UnavailableException {
            return participates(user, orderId);
        }
    }
}
