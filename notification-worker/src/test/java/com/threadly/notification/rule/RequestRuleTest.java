package com.threadly.notification.rule;

import static org.assertj.core.api.Assertions.assertThat;

import com.threadly.events.NotificationRequested;
import com.threadly.events.RequestedType;
import com.threadly.pusher.PushEvent;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestRuleTest {

    private final Rules rules = Samples.rules();

    @Test
    void notifiesTheUserInItsWords() {
        Instant end = Samples.NOON.plusSeconds(60);
        var told = notification(Samples.request()
                .setTitle(" Price\tdrop\u0000 ")
                .setMessage("The coat\u202e\nis 20 € now.")
                .setMetadata(Map.of("productId", "p-1", "campaign", "autumn"))
                .setLink("/products/p-1?from=drop#price")
                .setImageUrl("https://images.example.com/p-1.jpg")
                .setExpiresAt(end));

        assertThat(told.userId()).isEqualTo("ben");
        assertThat(told.title()).isEqualTo("Price drop");
        assertThat(told.message()).isEqualTo("The coat\nis 20 € now.");
        assertThat(told.metadata())
                .isEqualTo(
                        "{\"campaign\":\"autumn\",\"eventId\":\"%s\",\"imageUrl\":\"https://images.example.com/p-1.jpg\",\"link\":\"/products/p-1?from=drop#price\",\"productId\":\"p-1\"}"
                                .formatted(Samples.EVENT));
        assertThat(told.createdAt()).isEqualTo(Samples.NOON);
        assertThat(told.lastEventAt()).isEqualTo(Samples.NOON);
        assertThat(told.revision()).isEqualTo(1);
        assertThat(told.expiresAt()).isEqualTo(end);
    }

    @ParameterizedTest
    @CsvSource({"ORDER, ORDER", "MESSAGE, MESSAGE", "PAYMENT, PAYMENT", "SYSTEM, SYSTEM"})
    void hasTheTypeOfItsRequest(RequestedType requested, NotificationType type) {
        assertThat(notification(Samples.request().setType(requested)).type()).isEqualTo(type);
    }

    @Test
    void skipsATypeItDoesNotKnow() {
        assertThat(decide(Samples.request().setType(RequestedType.UNKNOWN)))
                .isEqualTo(new Decision.Skip("unknown_type"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            userId    | ``                          | userId is empty
            userId    | a b                         | userId has a character that no channel name may have
            title     | ``                          | title has no visible character
            title     | \u200b\u2800                | title has no visible character
            title     | 201                         | title has more than 200 characters
            message   | ` `                         | message has no visible character
            message   | 2001                        | message has more than 2000 characters
            link      | javascript:alert(1)         | link is neither an https URL nor a path
            link      | http://example.com          | link is neither an https URL nor a path
            link      | //example.com               | link is neither an https URL nor a path
            link      | /\\example.com              | link is neither an https URL nor a path
            link      | https:///example.com        | link is neither an https URL nor a path
            link      | /a b                        | link is neither an https URL nor a path
            link      | ``                          | link is neither an https URL nor a path
            link      | 1000                        | link is neither an https URL nor a path
            imageUrl  | data:image/png;base64,AAAA  | imageUrl is neither an https URL nor a path
            dedupKey  | ``                          | dedupKey is empty
            dedupKey  | 201                         | dedupKey has more than 200 characters
            expiresAt | 2026-01-01T12:00:00.120Z    | expiresAt is not after occurredAt
            """)
    void putsAsideWhatIsOutOfBounds(String field, String value, String problem) {
        var request = Samples.request();
        String exact = value.matches("\\d+") ? "x".repeat(Integer.parseInt(value)) : value;
        switch (field) {
            case "userId" -> request.setUserId(value);
            case "title" -> request.setTitle(exact);
            case "message" -> request.setMessage(exact);
            case "link" -> request.setLink(value.matches("\\d+") ? "/" + exact : value);
            case "imageUrl" -> request.setImageUrl(value);
            case "dedupKey" -> request.setDedupKey(exact);
            default -> request.setExpiresAt(Instant.parse(value));
        }

        assertThat(decide(request))
                .isInstanceOfSatisfying(
                        Decision.Invalid.class,
                        invalid -> assertThat(invalid.problem()).startsWith(problem));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            ``       | x        | metadata has a name that is not of 1 to 40
            a b      | x        | metadata has a name that is not of 1 to 40
            eventId  | x        | metadata has the reserved name eventId
            link     | /x       | metadata has the reserved name link
            imageUrl | /x       | metadata has the reserved name imageUrl
            count    | 3        | metadata has the reserved name count
            a        | x\u0000y | metadata has a control character in the value of a
            a        | x\ud800y | metadata has a control character in the value of a
            """)
    void putsAsideMetadataThatNoClientCanUse(String name, String value, String problem) {
        assertThat(decide(Samples.request().setMetadata(Map.of(name, value))))
                .isInstanceOfSatisfying(
                        Decision.Invalid.class,
                        invalid -> assertThat(invalid.problem()).startsWith(problem));
    }

    @Test
    void putsAsideTooMuchMetadata() {
        assertThat(decide(Samples.request().setMetadata(entries(21, "x"))))
                .isEqualTo(new Decision.Invalid("metadata has more than 20 entries"));
        assertThat(decide(Samples.request().setMetadata(Map.of("a", "x".repeat(501)))))
                .isEqualTo(new Decision.Invalid("metadata has more than 500 characters"));
        assertThat(decide(Samples.request().setMetadata(entries(20, "x".repeat(500)))))
                .isInstanceOfSatisfying(
                        Decision.Invalid.class,
                        invalid -> assertThat(invalid.problem())
                                .isEqualTo("message is too long with title, metadata, link and imageUrl: together more"
                                        + " than 6144 bytes of JSON"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "é", "\"", "🙈", "漢"})
    void whatIsWithinItsBoundsFitsAnEncryptedEvent(String text) {
        var encrypted = new PushEvents(true);
        for (int length = 1; length <= 2_000; length += 37) {
            var request = Samples.request()
                    .setUserId("u".repeat(100))
                    .setTitle(text.repeat(Math.min(200, length)))
                    .setMessage(text.repeat(length))
                    .setLink("/" + "x".repeat(Math.min(999, length)));
            if (decide(request) instanceof Decision.Notify notify) {
                assertThat(encrypted
                                .notification(notify.notifications().getFirst(), new RowStates(true, true, true, false))
                                .data()
                                .getBytes(StandardCharsets.UTF_8))
                        .hasSizeLessThanOrEqualTo(PushEvent.MAX_ENCRYPTED_DATA_BYTES);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "k, 2026-01-01T00:00:00Z, ben, true",
        "k, 2026-01-01T23:59:59.999Z, ben, true",
        "k, 2026-01-02T00:00:00Z, ben, false",
        "k, 2025-12-31T23:59:59.999Z, ben, false",
        "k, 2026-01-01T12:00:00Z, cid, false",
        "l, 2026-01-01T12:00:00Z, ben, false",
        "K, 2026-01-01T12:00:00Z, ben, false",
        "'', 2026-01-01T12:00:00Z, ben, false"
    })
    void ofRequestsWithOneKeyToOneUserOnOneDayOneCounts(String key, Instant at, String user, boolean same) {
        UUID id = notification(Samples.request().setDedupKey("k")).id();
        var other = Samples.request()
                .setEventId(UUID.randomUUID())
                .setOccurredAt(at)
                .setUserId(user)
                .setType(RequestedType.ORDER);
        if (!key.isEmpty()) {
            other.setDedupKey(key);
        }

        assertThat(notification(other).id().equals(id)).isEqualTo(same);
    }

    @Test
    void aKeyIsNoEventsId() {
        assertThat(notification(Samples.request().setDedupKey(Samples.EVENT.toString()))
                        .id())
                .isNotEqualTo(notification(Samples.request()).id());
    }

    @Test
    void isNotPushedOnceItHasExpired() {
        Instant end = Samples.NOON.plus(Duration.ofHours(1));
        var push = new PushEvents(false)
                .notification(notification(Samples.request().setExpiresAt(end)), RowStates.NEW);

        assertThat(push.expiresAt()).isEqualTo(end);
        assertThat(push.data()).contains("\"expiresAt\":\"2026-01-01T13:00:00.120Z\"");
    }

    private static Map<String, String> entries(int count, String value) {
        return IntStream.range(0, count).boxed().collect(Collectors.toMap(n -> "name-" + n, _ -> value));
    }

    private Notification notification(NotificationRequested.Builder request) {
        return ((Decision.Notify) decide(request)).notifications().getFirst();
    }

    private Decision decide(NotificationRequested.Builder request) {
        return Samples.decide(rules, request.build());
    }
}
