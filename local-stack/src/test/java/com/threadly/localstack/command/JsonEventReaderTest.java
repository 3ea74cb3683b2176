package com.threadly.localstack.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.threadly.events.MessageSent;
import com.threadly.events.NotificationRequested;
import com.threadly.events.NotificationsRead;
import com.threadly.events.OrderStatus;
import com.threadly.events.OrderStatusChanged;
import com.threadly.events.Topic;
import com.threadly.events.Topics;
import com.threadly.events.TypingChanged;
import com.threadly.serde.AvroDeserializer;
import com.threadly.serde.AvroSerializer;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonEventReaderTest {

    private static final UUID ID = UUID.fromString("2f1c1d6e-9f3b-4a3e-8a53-6d1c1f1f2a10");
    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00.123Z");
    private static final Clock CLOCK = Clock.fixed(NOW.plusNanos(456_789), ZoneOffset.UTC);

    @Test
    void readsAnOrderInPlainForm() {
        var order = read(Topics.ORDER_EVENTS, OrderStatusChanged.class, """
                {"eventId":"2F1C1D6E-9f3b-4a3e-8a53-6d1c1f1f2a10","occurredAt":"2026-03-01T12:00:00.123+02:00","orderId":"o1",
                "buyerId":"b","sellerId":"s","productId":"p","productTitle":"Coat","status":"SHIPPED",
                "previousStatus":"CONFIRMED"}""");

        assertThat(order.getEventId()).isEqualTo(ID);
        assertThat(order.getOccurredAt()).isEqualTo(NOW);
        assertThat(order.getStatus()).isEqualTo(OrderStatus.SHIPPED);
        assertThat(order.getPreviousStatus()).contains(OrderStatus.CONFIRMED);
    }

    @Test
    void makesTheIdAndTheTimeAndLeavesOptionalFieldsEmpty() {
        var message = read(
                Topics.MESSAGE_EVENTS,
                MessageSent.class,
                "{\"messageId\":\"m\",\"conversationId\":\"c\",\"senderId\":\"s\",\"recipientIds\":[\"r\"],\"content\":\"hé 🙈\"}");

        assertThat(message.getEventId()).isEqualTo(ID);
        assertThat(message.getOccurredAt()).isEqualTo(NOW);
        assertThat(message.getSenderName()).isEmpty();
        assertThat(message.getRecipientIds()).containsExactly("r");
        assertThat(message.getContent()).isEqualTo("hé 🙈");
    }

    @Test
    void readsMillisecondsAndNullsAndDefaults() {
        var read = read(
                Topics.NOTIFICATION_READ_EVENTS,
                NotificationsRead.class,
                "{\"userId\":\"u\",\"allUpTo\":null,\"readAt\":1772359200123}");

        assertThat(read.getReadAt()).isEqualTo(NOW);
        assertThat(read.getAllUpTo()).isEmpty();
        assertThat(read.getNotificationIds()).isEmpty();
    }

    @Test
    void readsMetadataAndRevisions() {
        var request = read(
                Topics.NOTIFICATION_EVENTS,
                NotificationRequested.class,
                "{\"userId\":\"u\",\"type\":\"SYSTEM\",\"title\":\"t\",\"message\":\"m\",\"metadata\":{\"a\":\"1\"}}");
        var read = read(
                Topics.NOTIFICATION_READ_EVENTS,
                NotificationsRead.class,
                "{\"userId\":\"u\",\"readAt\":1772359200123,\"notificationIds\":[\"i\"],\"revisions\":[2]}");

        assertThat(request.getMetadata()).containsExactly(Map.entry("a", "1"));
        assertThat(read.getRevisions()).containsExactly(2);
        assertThat(problems(Topics.NOTIFICATION_EVENTS, "{\"metadata\":{\"a\":1}}"))
                .contains("metadata.a must be a string, not 1");
        assertThat(problems(Topics.NOTIFICATION_EVENTS, "{\"metadata\":[]}"))
                .contains("metadata must be an object, not []");
        assertThat(problems(Topics.NOTIFICATION_READ_EVENTS, "{\"revisions\":[2147483648]}"))
                .contains("revisions[0] must be a whole number below 2147483648");
    }

    @Property
    void whatIsReadIsWhatIsEncoded(@ForAll boolean typing, @ForAll long millis) {
        long within = Math.floorMod(millis, 4_102_444_800_000L);
        var event = read(
                Topics.TYPING_EVENTS,
                TypingChanged.class,
                String.format(
                        Locale.ROOT,
                        "{\"conversationId\":\"c\",\"userId\":\"u\",\"typing\":%s,\"occurredAt\":%d}",
                        typing,
                        within));

        try (var serializer = new AvroSerializer<TypingChanged>();
                var deserializer = new AvroDeserializer<TypingChanged>()) {
            serializer.configure(Map.of("schema.registry.url", "mock://emit"), false);
            deserializer.configure(Map.of("schema.registry.url", "mock://emit"), false);
            byte[] bytes = serializer.serialize("typing-events", event);
            assertThat(deserializer.deserialize("typing-events", bytes)).isEqualTo(event);
        }
        assertThat(event.getOccurredAt().toEpochMilli()).isEqualTo(within);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            ""                                                       | an event must be a JSON object, not STRING
            []                                                       | an event must be a JSON object, not ARRAY
            {"conversationId":"c"                                    | not JSON: Unexpected end-of-input
            {"conversationId":"c","conversationId":"d"}              | not JSON: Duplicate field 'conversationId'
            {} {}                                                    | not JSON
            {"conversationId":"c","userId":"u"}                      | missing field typing
            {"conversationId":"c","userId":"u","typing":true,"x":1}  | unknown field x
            {"conversationId":"c","userId":"u","typing":"yes"}       | typing must be true or false, not "yes"
            {"conversationId":"c","userId":7,"typing":true}          | userId must be a string, not 7
            {"conversationId":"c","userId":null,"typing":true}       | userId must be a string, not null
            {"conversationId":"","userId":"u","typing":true}         | conversationId must not be empty: it is the record's key
            {"conversationId":"c","userId":"u","typing":true,"eventId":"1-2-3-4-5"}    | eventId must be a UUID, not "1-2-3-4-5"
            {"conversationId":"c","userId":"u","typing":true,"eventId":5}              | eventId must be a UUID, not 5
            {"conversationId":"c","userId":"u","typing":true,"occurredAt":"yesterday"} | occurredAt must be a time such as
            {"conversationId":"c","userId":"u","typing":true,"occurredAt":"+1000000000-12-31T23:59:59Z"} | occurredAt must be a time
            {"conversationId":"c","userId":"u","typing":true,"occurredAt":1.5}         | occurredAt must be a time such as
            {"conversationId":"c","userId":"u","typing":true,"occurredAt":99999999999999999999} | occurredAt must be a time
            """)
    void tellsWhatIsWrong(String line, String reason) {
        assertThat(problems(Topics.TYPING_EVENTS, line)).contains(reason);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            "amountMinor":1.5   | amountMinor must be a whole number, not 1.5
            "amountMinor":"100" | amountMinor must be a whole number, not "100"
            "amountMinor":9223372036854775808 | amountMinor must be a whole number
            "status":"PAID"     | status must be one of UNKNOWN, AUTHORIZED, SUCCEEDED, FAILED, REFUNDED, PAYOUT_SENT, PAYOUT_FAILED, not "PAID"
            "failureReason":{"string":"x"} | failureReason must be a string, not {"string":"x"} (write the value plainly
            """)
    void tellsWhatIsWrongWithAPayment(String field, String reason) {
        assertThat(problems(Topics.PAYMENT_EVENTS, "{" + field + "}")).contains(reason);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[\"a\",null]", "[\"a\",5]"})
    void namesTheElementThatIsWrong(String recipients) {
        assertThat(problems(Topics.MESSAGE_EVENTS, "{\"recipientIds\":" + recipients + "}"))
                .contains("recipientIds[1] must be a string");
    }

    @Test
    void namesEveryProblemOfALine() {
        assertThat(problems(Topics.TYPING_EVENTS, "{\"x\":1,\"typing\":2}"))
                .contains("unknown field x", "missing field conversationId", "missing field userId", "typing must be");
    }

    @Property
    void noTextMakesItFail(@ForAll String text) {
        assertThat(reader(Topics.TYPING_EVENTS).read(1, text)).isInstanceOf(Line.Bad.class);
    }

    private static <V extends SpecificRecord> V read(Topic<V> topic, Class<V> kind, String text) {
        Line line = reader(topic).read(1, text);
        assertThat(line).isInstanceOf(Line.Good.class);
        return kind.cast(((Line.Good) line).emission().event());
    }

    private static <V extends SpecificRecord> JsonEventReader<V> reader(Topic<V> topic) {
        return new JsonEventReader<>(topic, CLOCK, () -> ID);
    }

    private static String problems(Topic<?> topic, String text) {
        return String.valueOf(reader(topic).read(3, text));
    }
}
