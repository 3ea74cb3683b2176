package com.threadly.gateway.webhooks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.TextNode;
import com.threadly.events.PresenceChange;
import com.threadly.events.PresenceChanged;
import com.threadly.events.Topics;
import com.threadly.events.TypingChanged;
import com.threadly.gateway.publishing.OutgoingEvent;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookTranslatorTest {

    private static final Instant TIME = Instant.ofEpochMilli(1_700_000_000_123L);

    @ParameterizedTest
    @CsvSource({
        "member_added, presence-product-1, JOINED",
        "member_removed, presence-product-1, LEFT",
        "member_added, presence-category-shoes, JOINED",
        "member_removed, presence-search-red=20shoes, LEFT",
        "member_added, presence-user-u2, JOINED",
    })
    void membersBecomePresence(String name, String channel, PresenceChange change) {
        var entry = translate(member(name, channel, "u1"), 0).orElseThrow();

        assertThat(entry.topic()).isEqualTo(Topics.PRESENCE_EVENTS);
        var event = (PresenceChanged) entry.event();
        assertThat(event.getChannel()).isEqualTo(channel);
        assertThat(event.getUserId()).isEqualTo("u1");
        assertThat(event.getChange()).isEqualTo(change);
        assertThat(event.getOccurredAt()).isEqualTo(TIME);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "member_added, presence-product-1, -",
                "member_added, presence-product-1, ''",
                "member_added, -, u1",
                "member_added, '', u1",
                "member_added, presence-product-a b, u1",
                "member_added, presence-order-1, u1",
                "member_added, private-user-u1, u1",
                "channel_occupied, presence-product-1, -",
                "channel_vacated, presence-product-1, -",
                "channel_occupied, private-cache-status-u1, -",
                "channel_occupied, private-cache-viewers-user-u1, -",
                "channel_vacated, private-cache-viewers-product-, -",
                "cache_miss, private-user-u1, -",
                "something_new, presence-product-1, u1",
                "-, presence-product-1, u1",
            })
    void theRestBecomesNothing(@Nullable String name, @Nullable String channel, @Nullable String userId) {
        assertThat(translate(member(name, channel, userId), 0)).isEqualTo(Optional.empty());
    }

    @ParameterizedTest
    @CsvSource({
        "channel_occupied, private-cache-viewers-product-1, presence-product-1, OCCUPIED",
        "cache_miss, private-cache-viewers-search-red=20shoes, presence-search-red=20shoes, OCCUPIED",
        "channel_vacated, private-cache-viewers-category-shoes, presence-category-shoes, VACATED",
    })
    void whoeverListensForCountsIsKnown(String name, String channel, String counted, PresenceChange change) {
        var event = (PresenceChanged)
                translate(member(name, channel, null), 0).orElseThrow().event();

        assertThat(event.getChannel()).isEqualTo(counted);
        assertThat(event.getUserId()).isEmpty();
        assertThat(event.getChange()).isEqualTo(change);
    }

    @Test
    void aRepeatedWebhookMakesTheSameEvents() {
        var joined = member("member_added", "presence-product-1", "u1");

        assertThat(translate(joined, 3)).isEqualTo(translate(joined, 3));
    }

    @Test
    void joiningLeavingAndJoiningAgainWithinOneWebhookAreThreeEvents() {
        var joined = member("member_added", "presence-product-1", "u1");
        var left = member("member_removed", "presence-product-1", "u1");

        assertThat(Stream.of(translate(joined, 0), translate(left, 1), translate(joined, 2))
                        .map(entry -> ((PresenceChanged) entry.orElseThrow().event()).getEventId()))
                .doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void typingIsTakenFromTheSendersWord(boolean typing) {
        var entry = translate(typing("{\"isTyping\":%s,\"userId\":\"u1\"}".formatted(typing), null), 0)
                .orElseThrow();

        assertThat(entry.topic()).isEqualTo(Topics.TYPING_EVENTS);
        var event = (TypingChanged) entry.event();
        assertThat(event.getConversationId()).isEqualTo("c1");
        assertThat(event.getUserId()).isEqualTo("u1");
        assertThat(event.getTyping()).isEqualTo(typing);
    }

    @Test
    void typingComesFromTheChannelOfPresentMembersToo() {
        var event = new Webhook.Event(
                "client_event",
                "private-members-AAAAAAAAAAAAAAAAAAAAAA-c-1",
                null,
                "client-typing",
                TextNode.valueOf("{\"isTyping\":true,\"userId\":\"u1\"}"));

        var entry = translate(event, 0).orElseThrow();

        assertThat(((TypingChanged) entry.event()).getConversationId()).isEqualTo("c-1");
    }

    @Test
    void pushersUserIdOverridesTheSenders() {
        var entry = translate(typing("{\"isTyping\":true,\"userId\":\"u2\"}", "u1"), 0)
                .orElseThrow();

        assertThat(((TypingChanged) entry.event()).getUserId()).isEqualTo("u1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[]",
                "null",
                "{\"isTyping\":true}",
                "{\"isTyping\":\"true\",\"userId\":\"u1\"}",
                "{\"userId\":\"u1\"}",
                "{\"isTyping\":true,\"userId\":1}",
                "{\"isTyping\":true,\"userId\":\"\"}",
            })
    void typingThatMakesNoSenseBecomesNothing(String data) {
        assertThat(translate(typing(data, null), 0)).isEqualTo(Optional.empty());
    }

    @ParameterizedTest
    @CsvSource({
        "private-conversation-, client-typing",
        "private-order-o1, client-typing",
        "private-conversation-c1, client-other",
    })
    void otherClientEventsBecomeNothing(String channel, String name) {
        var data = new TextNode("{\"isTyping\":true,\"userId\":\"u1\"}");

        assertThat(translate(new Webhook.Event("client_event", channel, null, name, data), 0))
                .isEqualTo(Optional.empty());
    }

    private static Optional<? extends OutgoingEvent<? extends SpecificRecord>> translate(
            Webhook.Event event, int position) {
        return WebhookTranslator.translate(event, TIME, position);
    }

    private static Webhook.Event member(@Nullable String name, @Nullable String channel, @Nullable String userId) {
        return new Webhook.Event(name, channel, userId, null, null);
    }

    private static Webhook.Event typing(String data, @Nullable String userId) {
        return new Webhook.Event(
                "client_event", "private-conversation-c1", userId, "client-typing", new TextNode(data));
    }
}
