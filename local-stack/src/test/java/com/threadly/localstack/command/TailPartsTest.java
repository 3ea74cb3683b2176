package com.threadly.localstack.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.threadly.localstack.subscribe.Push;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TailPartsTest {

    @ParameterizedTest
    @CsvSource(nullValues = "-", textBlock = """
            private-user-ana,             -,   ana
            private-user-ana,             ben, ben
            private-conversation-ana-ben, -,   tail
            private-conversation-ana-ben, ben, ben
            private-order-o1,             -,   tail
            presence-product-p1,          ana, ana
            global-announcements,         ana, -
            status-updates,               -,   -
            """)
    void theChannelDecidesWhoAsks(String channel, String user, String identity) {
        assertThat(TailIdentity.of(channel, user).userId()).isEqualTo(identity);
    }

    @Test
    void whoAsksHasTheRightsThatTheChannelNeeds() {
        assertThat(TailIdentity.of("private-conversation-ana-ben", null).conversations())
                .isEqualTo(List.of("ana-ben"));
        assertThat(TailIdentity.of("private-order-o1", null).orders()).isEqualTo(List.of("o1"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"id":"m1","n":1} | {"id":"m1","n":1}
            no "json          | "no \\"json"
            """)
    void aPushIsOneLine(String data, String written) {
        Push push = new Push("c", "new-message", data, Instant.parse("2026-03-01T10:00:00.5Z"));

        assertThat(new PushLine().of(push))
                .isEqualTo(
                        "{\"at\":\"2026-03-01T10:00:00.500Z\",\"channel\":\"c\",\"event\":\"new-message\",\"data\":%s}"
                                .formatted(written));
    }
}
