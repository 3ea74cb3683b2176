package com.threadly.gateway.channels;

import static org.assertj.core.api.Assertions.assertThat;

import com.threadly.gateway.channels.Decision.Allowed;
import com.threadly.gateway.channels.Decision.Reason;
import com.threadly.gateway.channels.Decision.Refused;
import com.threadly.gateway.identity.User;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChannelRulesTest {

    private static final User ANA = new User("u1", "Ana", Set.of("c1"), Set.of("o1"));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "private-user-u1",
                "private-conversation-c1",
                "private-order-o1",
                "presence-product-p1",
                "presence-category-shoes",
                "presence-search-red=20shoes",
                "presence-user-u2"
            })
    void allows(String channel) {
        assertThat(ChannelRules.decide(ANA, channel)).isEqualTo(new Allowed());
    }

    @ParameterizedTest
    @CsvSource({
        "private-user-u2, NOT_YOURS",
        "private-user-u11, NOT_YOURS",
        "private-user-U1, NOT_YOURS",
        "private-user-u, NOT_YOURS",
        "private-conversation-c2, NOT_YOURS",
        "private-conversation-o1, NOT_YOURS",
        "private-order-c1, NOT_YOURS",
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
        "private-cache-user-u1, UNKNOWN",
        "product-p1, UNKNOWN",
        "global-announcements-2, UNKNOWN",
    })
    void refuses(String channel, Reason reason) {
        assertThat(ChannelRules.decide(ANA, channel)).isEqualTo(new Refused(reason));
    }
}
