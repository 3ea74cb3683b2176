package com.threadly.notification;

import static com.threadly.notification.SampleEvents.NOON;
import static com.threadly.notification.SampleEvents.request;
import static org.assertj.core.api.Assertions.assertThat;

import com.threadly.events.RequestedType;
import com.threadly.localstack.testing.Servers;
import com.threadly.notification.inbox.Retention;
import com.threadly.notification.inbox.RetentionSettings;
import com.threadly.pusherserver.PusherServer;
import com.threadly.pusherserver.PusherServerOptions;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What services have requested, rebuilt by the worker's own jar. */
@ExtendWith(Servers.Extension.class)
class RequestRebuildIT {

    private static final Instant PAST = NOON.plusSeconds(60);
    private static final Instant FUTURE = Instant.parse("2999-01-01T00:00:00Z");

    private static final List<SpecificRecord> REQUESTS = List.of(
            request(1, NOON).setExpiresAt(PAST).build(),
            request(2, NOON.plusSeconds(9))
                    .setDedupKey("key")
                    .setExpiresAt(PAST)
                    .build(),
            request(3, NOON.plusSeconds(5))
                    .setDedupKey("key")
                    .setType(RequestedType.MESSAGE)
                    .setExpiresAt(FUTURE)
                    .setLink("/sale")
                    .build(),
            request(4, NOON.plusSeconds(7))
                    .setDedupKey("key")
                    .setType(RequestedType.ORDER)
                    .build(),
            request(5, NOON).setType(RequestedType.PAYMENT).build(),
            request(6, NOON).setTitle(" ").build());

    @Test
    void givesTheSameRowsAndBringsNothingBackThatHasExpired(Servers servers) throws Exception {
        try (var topics = new TopicLog(servers);
                var live = new InboxFixture(servers);
                var empty = new InboxFixture(servers);
                var pusher = PusherServer.start(RunningWorker.APP, PusherServerOptions.defaults())) {
            topics.publish(REQUESTS);
            live.storeAndPush(REQUESTS);
            live.awaitAllMarked();
            topics.commitAll();
            var retention = new Retention(
                    live.database(), new RetentionSettings(Duration.ofDays(36_500), 1_000), Duration.ofMinutes(5));
            assertThat(retention.removeExpired(Instant.now())).isEqualTo(1);
            assertThat(live.query(
                            "SELECT title || ' ' || type || ' ' || expires_at::date FROM notification ORDER BY 1"))
                    .containsExactly("Request 3 message 2999-01-01", "Request 5 payment infinity");

            assertThat(rebuild(servers, empty, pusher))
                    .contains("2 rows added, 0 changed, 0 equal, 0 removed", "1 record");
            assertThat(empty.rows()).isEqualTo(live.rows());
            live.storeAndPush(REQUESTS.subList(0, 1));
            assertThat(rebuild(servers, live, pusher, "--fresh"))
                    .as("rows that have expired need not be allowed to be removed")
                    .contains("2 equal");
            assertThat(empty.rows()).isEqualTo(live.rows());
            assertThat(pusher.stats().eventsReceived()).isZero();
        }
    }

    private static String rebuild(Servers servers, InboxFixture target, PusherServer pusher, String... options)
            throws Exception {
        List<String> command =
                Stream.concat(Stream.of("rebuild"), Arrays.stream(options)).toList();
        Process process =
                RunningWorker.command(servers, target, pusher, command).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output;
    }
}
