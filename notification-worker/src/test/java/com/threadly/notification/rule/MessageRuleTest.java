package com.threadly.notification.rule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class MessageRuleTest {

    private final Rules rules = Samples.rules();

    @Test
    void notifiesEachRecipientButTheSender() {
        var entries = entries(Samples.message().setRecipientIds(List.of("ben", "ana", "cid", "ben")));

        assertThat(entries).extracting(DigestEntry::userId).containsExactly("ben", "cid");
        assertThat(entries).extracting(DigestEntry::notificationId).doesNotHaveDuplicates();
    }

    @Test
    void skipsAMessageThatNobodyElseSees() {
        assertThat(Samples.decide(
                        rules, Samples.message().setRecipientIds(List.of("ana")).build()))
                .isEqualTo(new Decision.Skip("no_recipient"));
    }

    @Test
    void startsAnotherDigestWithTheNextWindow() {
        UUID first = idAt("2026-01-01T12:00:00Z");

        assertThat(idAt("2026-01-01T12:04:59.999Z")).isEqualTo(first);
        assertThat(idAt("2026-01-01T12:05:00Z")).isNotEqualTo(first);
        assertThat(idAt("2026-01-01T11:59:59.999Z")).isNotEqualTo(first);
    }

    @Test
    void refusesARecipientWithoutAValidChannelName() {
        assertThat(Samples.decide(
                        rules,
                        Samples.message().setRecipientIds(List.of("ben", "c/d")).build()))
                .isEqualTo(new Decision.Invalid("recipientIds has a character that no channel name may have"));
    }

    @Test
    void countsMessagesInWords() {
        assertThat(title(1, 1, "Ana")).isEqualTo("New message from Ana");
        assertThat(title(3, 1, "Ana")).isEqualTo("3 new messages from Ana");
        assertThat(title(3, 2, "Ana")).isEqualTo("3 new messages from Ana and one other");
        assertThat(title(3, 3, "Ana")).isEqualTo("3 new messages from Ana and 2 others");
        assertThat(title(1, 1, "")).isEqualTo("New message");
        assertThat(title(1200, 1, "{0}'s")).isEqualTo("1,200 new messages from {0}'s");
    }

    @Test
    void aNameWrittenFromTheRightDoesNotTurnTheTextAround() {
        assertThat(title(3, 2, "\u05d3\u05e0\u05d4"))
                .isEqualTo("3 new messages from \u2068\u05d3\u05e0\u05d4\u2069 and one other");
    }

    @Test
    void aNameThatNobodySeesIsNone() {
        assertThat(rules.tell(Digest.of(entries(Samples.message().setSenderName("\u200b\u3164"))))
                        .title())
                .isEqualTo("New message");
    }

    @Test
    void showsTheLatestMessage() {
        var entries = new ArrayList<>(entries(Samples.message()));
        entries.addAll(entries(Samples.message()
                .setMessageId("message-2")
                .setContent("Hello?")
                .setOccurredAt(Samples.NOON.plusSeconds(9))));

        Notification notification = rules.tell(Digest.of(entries));

        assertThat(notification.message()).isEqualTo("Hello?");
        assertThat(notification.metadata()).isEqualTo("""
                {"conversationId":"conversation-1","count":2}\
                """);
        assertThat(notification.createdAt()).isEqualTo(Samples.NOON);
        assertThat(notification.lastEventAt()).isEqualTo(Samples.NOON.plusSeconds(9));
    }

    @Test
    void saysSomethingOfAMessageWithoutText() {
        assertThat(rules.tell(Digest.of(entries(Samples.message().setContent("\n"))))
                        .message())
                .isEqualTo("Open the conversation to see it.");
    }

    @Test
    void refusesMoreRecipientsThanAMessageMayHave() {
        var most = new ArrayList<String>(List.of("ana", "user-1"));
        for (int n = 0; n < MessageRule.MAX_RECIPIENTS; n++) {
            most.add("user-" + n);
        }
        assertThat(entries(Samples.message().setRecipientIds(most))).hasSize(MessageRule.MAX_RECIPIENTS);

        most.add("one-more");
        assertThat(Samples.decide(rules, Samples.message().setRecipientIds(most).build()))
                .isEqualTo(new Decision.Invalid("recipientIds names more than 10000 users"));
    }

    @Property
    void makesTheSameDigestOfTheSameMessagesInAnyOrder(
            @ForAll @Size(min = 1, max = 12) List<@IntRange(max = 3) Integer> seconds) {
        var entries = new ArrayList<DigestEntry>();
        for (int i = 0; i < seconds.size(); i++) {
            entries.addAll(entries(Samples.message()
                    .setMessageId("message-" + i)
                    .setSenderName("Ana " + i)
                    .setContent("Text " + i)
                    .setOccurredAt(Samples.NOON.plusSeconds(seconds.get(i)))));
        }

        assertThat(Digest.of(entries.reversed())).isEqualTo(Digest.of(entries));
    }

    private UUID idAt(String time) {
        return entries(Samples.message().setOccurredAt(Instant.parse(time)))
                .getFirst()
                .notificationId();
    }

    private String title(int messages, int senders, String name) {
        return rules.tell(new Digest(
                        Samples.EVENT,
                        "ben",
                        "conversation-1",
                        messages + 2,
                        messages,
                        senders,
                        name,
                        "Hi",
                        Samples.NOON,
                        Samples.NOON))
                .title();
    }

    private List<DigestEntry> entries(com.threadly.events.MessageSent.Builder message) {
        return ((Decision.AddToDigest) Samples.decide(rules, message.build())).entries();
    }
}
