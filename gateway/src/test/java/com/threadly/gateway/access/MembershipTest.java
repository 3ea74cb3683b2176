package com.threadly.gateway.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.threadly.events.InvalidFieldException;
import com.threadly.events.MessageSent;
import com.threadly.pipeline.DecodedRecord;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MembershipTest {

    private static final Instant THEN = Instant.parse("2026-11-01T12:00:00Z");
    private static final Instant NOW = THEN.plusSeconds(10);

    @Test
    void senderAndRecipientsTakePart() {
        assertThat(participants(THEN, message("c1", THEN, "ana", "ben", "cleo", "ben")))
                .isEqualTo(new Membership("c1", Set.of("ana", "ben", "cleo"), THEN, "message-events", 2, 7));
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-01T11:00:00Z, 2026-11-01T12:00:00Z, 2026-11-01T11:00:00Z",
        "2099-01-01T00:00:00Z, 2026-11-01T12:00:00Z, 2026-11-01T12:00:00Z",
        "2099-01-01T00:00:00Z, 2098-01-01T00:00:00Z, 2026-11-01T12:00:10Z",
        "2026-11-01T12:00:11Z, 1969-12-31T23:59:59.999Z, 2026-11-01T12:00:10Z",
    })
    void aTimeIsBelievedUpToThatOfItsRecordAndOurs(Instant occurredAt, Instant recordTime, Instant believed) {
        assertThat(participants(recordTime, message("c1", occurredAt, "ana", "ben"))
                        .asOf())
                .isEqualTo(believed);
    }

    @Test
    void refusesAConversationThatNoChannelCanBeOf() {
        assertThatExceptionOfType(InvalidFieldException.class)
                .isThrownBy(() -> participants(THEN, message("c 1", THEN, "ana", "ben")));
    }

    private static Membership participants(Instant recordTime, MessageSent message) {
        var record = new DecodedRecord(
                "message-events",
                2,
                7,
                recordTime,
                message.getConversationId(),
                message,
                message.getOccurredAt(),
                () -> false);
        return MembershipProjection.participants(record, message, NOW);
    }

    private static MessageSent message(String conversation, Instant occurredAt, String sender, String... recipients) {
        return MessageSent.newBuilder()
                .setEventId(UUID.randomUUID())
                .setOccurredAt(occurredAt)
                .setMessageId("m1")
                .setConversationId(conversation)
                .setSenderId(sender)
                .setRecipientIds(List.of(recipients))
                .setContent("hi")
                .build();
    }
}
