package com.threadly.gateway.webhooks;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.threadly.gateway.http.ProblemException;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookTest {

    @Test
    void readsTimeAndEventsAndPassesOverWhatItDoesNotKnow() {
        var webhook = parse("""
                {"time_ms":1700000000123,"new":1,"events":[
                  {"name":"member_added","channel":"presence-product-1","user_id":"u1","extra":{}}]}
                """);

        assertThat(webhook.time()).isEqualTo(Instant.ofEpochMilli(1_700_000_000_123L));
        assertThat(webhook.events())
                .containsExactly(new Webhook.Event("member_added", "presence-product-1", "u1", null, null));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "{}",
                "{\"time_ms\":1}",
                "{\"events\":[]}",
                "{\"time_ms\":\"soon\",\"events\":[]}",
                "{\"time_ms\":1,\"events\":{}}",
                "{\"time_ms\":1,\"events\":[null]}",
                "{\"time_ms\":1,\"events\":[1]}",
                "{\"time_ms\":1,\"events\":[",
            })
    void refusesWhatIsNoWebhook(String body) {
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> parse(body))
                .satisfies(e -> assertThat(e.problem().status()).isEqualTo(400));
    }

    @Test
    void refusesJsonNestedWithoutEnd() {
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> parse("{\"time_ms\":1,\"events\":[{\"data\":" + "[".repeat(100_000)));
    }

    private static Webhook parse(String body) {
        return Webhook.parse(body.getBytes(UTF_8));
    }
}
