package com.threadly.gateway.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.threadly.events.InvalidFieldException;
import com.threadly.events.MessageSent;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class MembershipTest {

    private static final Instant THEN = Instant.parse("2026-11-01T12:00:00Z");

    @Test
    void senderAndRecipientsTakePart() {
        assertThat(MembershipProjection.participants(message("c1", "ana", "ben", "cleo", "ben")))
                .isEqualTo(new Membership("c1", Set.of("ana", "ben", "cleo"), THEN));
    }

    @Test
    void theLatestEventCountsAndOfTwoAtOnceTheOneThatCameLater() {
        var first = new Membership("c1", Set.of("ana", "ben"), THEN);
        var older = new Membership("c1", Set.of("ana", "cleo"), THEN.minusMillis(1));
        var same = new Membership("c1", Set.of("ana"), THEN);

        assertThat(first.or(older)).isEqualTo(first);
        assertThat(first.or(same)).isEqualTo(same);
    }

    @Test
    void refusesAConversationThatNoChannelCanBeOf() {
        assertThatExceptionOfType(InvalidFieldException.class)
                .isThrownBy(() -> MembershipProjection.participants(message("c 1", "ana", "ben")));
    }

    private static MessageSent message(String conversation, String sender, String... recipients) {
        return MessageSent.newBuilder()
                .setEventId(UUID.randomUUID())
                .setOccurredAt(THEN)
                .setMessageId("m1")
                .setConversationId(conversation)
                .setSenderId(sender)
                .setRecipientIds(List.of(recipients))
                .setContent("hi")
                .build();
    }
}
