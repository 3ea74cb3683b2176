package com.threadly.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.pusher.rest.SignatureUtil;
import com.threadly.events.PresenceChange;
import com.threadly.events.PresenceChanged;
import com.threadly.gateway.publishing.EventSink;
import com.threadly.gateway.publishing.OutgoingEvent;
import com.threadly.runtime.retry.UnavailableException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookHttpTest {

    private static final String JOINED = String.format(Locale.ROOT, """
            {"time_ms":%d,"events":[
              {"name":"channel_occupied","channel":"presence-product-1"},
              {"name":"member_added","channel":"presence-product-1","user_id":"u1"},
              {"name":"member_removed","channel":"presence-product-1","user_id":"u1"},
              {"name":"member_added","channel":"presence-product-2","user_id":"u1"},
              {"name":"member_removed","channel":"presence-product-1","user_id":"u2"},
              {"name":"member_added","channel":"presence-product-1","user_id":"u2"}]}
            """, RunningGateway.NOW.toEpochMilli());

    private final List<OutgoingEvent<?>> stored = new CopyOnWriteArrayList<>();
    private final HttpClient http = HttpClient.newHttpClient();

    private EventSink sink = stored::addAll;
    private final RunningGateway gateway = new RunningGateway(entries -> sink.append(entries));

    @AfterEach
    void stop() throws Exception {
        http.close();
        gateway.close();
    }

    @Test
    void storesTheLastWordOfEachUserOnEachChannelOfAGenuineWebhook() throws Exception {
        assertThat(send(JOINED).statusCode()).isEqualTo(200);

        assertThat(stored)
                .extracting(entry -> ((PresenceChanged) entry.event()).getChange())
                .containsExactly(PresenceChange.LEFT, PresenceChange.JOINED, PresenceChange.JOINED);
        assertThat(gateway.count("threadly.gateway.webhook.events", "name", "member_added"))
                .isEqualTo(3);
        assertThat(gateway.count("threadly.gateway.webhook.events", "name", "channel_occupied"))
                .isEqualTo(1);
    }

    @Test
    void countsAPseudonymAsItsUser() throws Exception {
        String name = RunningGateway.PSEUDONYMS.of("presence-product-1", "u1").orElseThrow();

        send(JOINED.replace("presence-product-2", "presence-product-1").replace("\"u1\"", "\"" + name + "\""));

        assertThat(stored)
                .extracting(entry -> ((PresenceChanged) entry.event()).getUserId())
                .containsExactly("u1", "u2");
    }

    @ParameterizedTest
    @CsvSource({"c1, u1, 1", "c1, u2, 0", "c2, u1, 0"})
    void showsNobodyTypingWhoTakesNoPart(String conversation, String user, int events) throws Exception {
        String body = String.format(Locale.ROOT, """
                {"time_ms":%d,"events":[{"name":"client_event","channel":"private-conversation-%s",
                "event":"client-typing","data":"{\\"isTyping\\":true,\\"userId\\":\\"%s\\"}"}]}
                """, RunningGateway.NOW.toEpochMilli(), conversation, user);

        assertThat(send(body).statusCode()).isEqualTo(200);
        assertThat(stored).hasSize(events);
    }

    @Test
    void storesTheSameEventsWhenPusherRepeatsItself() throws Exception {
        send(JOINED);
        var first = List.copyOf(stored);
        stored.clear();
        send(JOINED);

        assertThat(stored).isEqualTo(first);
    }

    @ParameterizedTest
    @CsvSource({"other-key, app-secret", "app-key, other-secret"})
    void storesNothingOfAForgedOne(String key, String secret) throws Exception {
        var answer = http.send(webhook(key, SignatureUtil.sign(JOINED, secret), JOINED), BodyHandlers.ofString());

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(stored).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(longs = {-11 * 60_000, 2 * 60_000})
    void storesNothingOfAReplayedOne(long offMillis) throws Exception {
        String body = String.format(
                Locale.ROOT, "{\"time_ms\":%d,\"events\":[]}", RunningGateway.NOW.toEpochMilli() + offMillis);

        assertThat(send(body).statusCode()).isEqualTo(401);
        assertThat(stored).isEmpty();
    }

    @Test
    void doesNotReadWhatNobodySigned() throws Exception {
        var unsigned = gateway.request("/pusher/webhooks")
                .POST(BodyPublishers.ofString("{"))
                .build();

        assertThat(http.send(unsigned, BodyHandlers.ofString()).statusCode()).isEqualTo(401);
    }

    @Test
    void refusesAGenuineOneThatMakesNoSense() throws Exception {
        assertThat(send("{").statusCode()).isEqualTo(400);
    }

    @Test
    void refusesOneThatIsTooLarge() throws Exception {
        assertThat(send(" ".repeat(600_000)).statusCode()).isEqualTo(413);
    }

    @Test
    void makesPusherRetryWhenTheEventsCannotBeStored() throws Exception {
        sink = entries -> {
            throw new UnavailableException("broker-7.internal is down", new IllegalStateException());
        };
        var answer = send(JOINED);

        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.headers().firstValue("Retry-After")).isPresent();
        assertThat(answer.body()).doesNotContain("broker-7");
        assertThat(gateway.count("threadly.gateway.webhook.events", "name", "member_added"))
                .isZero();
    }

    @Test
    void showsNoInternalsWhenItFails() throws Exception {
        sink = entries -> {
            throw new IllegalStateException("a secret of ours");
        };
        var answer = send(JOINED);

        assertThat(answer.statusCode()).isEqualTo(500);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(answer.body()).doesNotContain("secret of ours").doesNotContain("Exception");
    }

    @Test
    void aStopFinishesWhatIsInFlight() throws Exception {
        var entered = new CountDownLatch(1);
        var stored = new CompletableFuture<Boolean>();
        sink = entries -> {
            entered.countDown();
            stored.join();
        };
        var answer = http.sendAsync(
                webhook(RunningGateway.KEY, SignatureUtil.sign(JOINED, RunningGateway.APP_SECRET), JOINED),
                BodyHandlers.ofString());
        entered.await();
        gateway.stopListening();
        stored.complete(true);

        assertThat(answer.join().statusCode()).isEqualTo(200);
    }

    private HttpResponse<String> send(String body) throws Exception {
        return http.send(
                webhook(RunningGateway.KEY, SignatureUtil.sign(body, RunningGateway.APP_SECRET), body),
                BodyHandlers.ofString());
    }

    private HttpRequest webhook(String key, String signature, String body) throws InterruptedException {
        return gateway.request("/pusher/webhooks")
                .header("X-Pusher-Key", key)
                .header("X-Pusher-Signature", signature)
                .POST(BodyPublishers.ofString(body))
                .build();
    }
}
