package com.threadly.notification;

import static com.threadly.notification.SampleEvents.NOON;
import static com.threadly.notification.SampleEvents.message;
import static com.threadly.notification.SampleEvents.order;
import static com.threadly.notification.SampleEvents.presence;
import static com.threadly.notification.SampleEvents.read;
import static org.assertj.core.api.Assertions.assertThat;

import com.threadly.events.OrderStatus;
import com.threadly.events.UserStatus;
import com.threadly.localstack.testing.Servers;
import com.threadly.notification.inbox.DigestSuppressionSettings;
import com.threadly.notification.inbox.DigestSuppressionSettings.QuietFor;
import com.threadly.pusher.PushEvent;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Servers.Extension.class)
class DigestSuppressionIT {

    private static final Clock NOW = Clock.fixed(NOON.plusSeconds(60), ZoneOffset.UTC);

    @Test
    void whoReadsTheConversationIsNotTold(Servers servers) throws Exception {
        try (InboxFixture inbox = inbox(QuietFor.READERS, servers)) {
            inbox.storeAndPush(List.of(message(1)));
            inbox.storeAndPush(List.of(read(1, "ben", NOON.plusSeconds(40), digestOf("ben", inbox))));

            assertThat(pushedChannels(inbox, message(50))).containsExactly("private-user-cid");
            inbox.awaitAllMarked();
            assertThat(inbox.query("SELECT metadata ->> 'count' FROM notification"))
                    .containsExactly("2", "2");
        }
    }

    @Test
    void whoReadItLongAgoIsTold(Servers servers) throws Exception {
        try (InboxFixture inbox = inbox(QuietFor.READERS, servers)) {
            inbox.storeAndPush(List.of(message(1)));
            inbox.storeAndPush(List.of(read(1, "ben", NOON.plusSeconds(20), digestOf("ben", inbox))));

            assertThat(pushedChannels(inbox, message(50))).hasSize(2);
        }
    }

    @Test
    void whoIsOnlineIsNotToldOfMessagesButOfOrders(Servers servers) throws Exception {
        try (InboxFixture inbox = inbox(QuietFor.ONLINE, servers)) {
            inbox.storeAndPush(List.of(
                    presence("ben", UserStatus.OFFLINE, NOON.plusSeconds(9)),
                    presence("ben", UserStatus.ONLINE, NOON.plusSeconds(10)),
                    presence("cid", UserStatus.AWAY, NOON)));
            // An older one that arrives late changes nothing.
            inbox.storeAndPush(List.of(presence("ben", UserStatus.OFFLINE, NOON)));

            assertThat(pushedChannels(inbox, message(1))).containsExactly("private-user-cid");
            assertThat(pushedChannels(inbox, order(1, OrderStatus.SHIPPED))).contains("private-user-ben");

            inbox.storeAndPush(List.of(presence("ben", UserStatus.OFFLINE, NOON.plusSeconds(30))));
            assertThat(pushedChannels(inbox, message(2))).contains("private-user-ben");
        }
    }

    @Test
    void everybodyIsToldUnlessTheSettingSaysOtherwise(Servers servers) throws Exception {
        try (InboxFixture inbox = new InboxFixture(servers)) {
            inbox.storeAndPush(List.of(presence("ben", UserStatus.ONLINE, NOON)));

            assertThat(pushedChannels(inbox, message(1))).hasSize(2);
        }
    }

    private static InboxFixture inbox(QuietFor quietFor, Servers servers) {
        return new InboxFixture(servers, new DigestSuppressionSettings(quietFor, Duration.ofSeconds(30)), NOW);
    }

    private static List<String> pushedChannels(InboxFixture inbox, SpecificRecord event) throws Exception {
        return inbox.storeAndPush(List.of(event)).stream()
                .map(PushEvent::channel)
                .toList();
    }

    private static UUID digestOf(String userId, InboxFixture inbox) {
        return UUID.fromString(inbox.query("SELECT id FROM notification WHERE user_id = '%s'".formatted(userId))
                .getFirst());
    }
}
