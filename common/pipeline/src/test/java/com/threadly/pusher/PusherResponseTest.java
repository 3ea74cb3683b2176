package com.threadly.pusher;

import static org.assertj.core.api.Assertions.assertThat;

import com.threadly.pusher.SendResult.Blocked;
import com.threadly.pusher.SendResult.Delivered;
import com.threadly.pusher.SendResult.Rejected;
import com.threadly.pusher.SendResult.TooMany;
import com.threadly.pusher.SendResult.Unauthorized;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class PusherResponseTest {

    private static final Duration SEVEN = Duration.ofSeconds(7);

    @ParameterizedTest
    @CsvSource(
            nullValues = "none",
            value = {
                "200, {}, Delivered",
                "200, <html>, RetryAfter",
                "200, {\"batch\":[{}]}, Delivered",
                "200, {\"ok\":true}, Delivered",
                "200, {\"error\":\"upstream timed out\"}, RetryAfter",
                "200, '{\"status\": 502, \"errors\" : []}', RetryAfter",
                "200, {\"message\":\"ok\"}, Delivered",
                "200, { \"message\" : \"OK\" }, Delivered",
                "200, '{\"event_ids\":{\"public-channel\":\"eudhq17zrhfc4\"}}', Delivered",
                "200, {\"errorMessage\":\"timed out\"}, RetryAfter",
                "200, {\"message\":\"Internal server error\"}, RetryAfter",
                "200, {\"message\": null}, RetryAfter",
                "200, {\"status\":\"error\"}, RetryAfter",
                "200, {\"status\":503}, RetryAfter",
                "200, {\"success\": false}, RetryAfter",
                "200, {<html>}, RetryAfter",
                "200, {\"batch\":[, RetryAfter",
                "202, {}, Delivered",
                "302, moved, RetryAfter",
                "400, Missing required parameter: name, Rejected",
                "400, <html>, Blocked",
                "400, Invalid Host header, Blocked",
                "401, key, Unauthorized",
                "403, quota, Blocked",
                "403, <html>, Blocked",
                "404, app, Unauthorized",
                "405, <html>, Blocked",
                "406, Not acceptable, Blocked",
                "407, <html>, RetryAfter",
                "408, slow, RetryAfter",
                "413, the data content of this event exceeds the allowed maximum, Rejected",
                "413, Payload Too Large, Blocked",
                "422, the name field is required, Rejected",
                "422, none, Blocked",
                "429, slow, TooMany",
                "500, oops, RetryAfter",
                "503, down, TooMany",
                "none, timeout, RetryAfter"
            })
    void theStatusAndWhoAnswersDecide(@Nullable Integer status, @Nullable String body, String outcome) {
        assertThat(PusherResponse.outcome(status, body, SEVEN).getClass().getSimpleName())
                .isEqualTo(outcome);
    }

    @Test
    void keepsWhatTheAnswerSays() {
        assertThat(PusherResponse.outcome(429, "slow", SEVEN)).isEqualTo(new TooMany(SEVEN, "HTTP 429: slow"));
        assertThat(PusherResponse.outcome(400, "data too long", SEVEN)).isEqualTo(new Rejected(400, "data too long"));
        assertThat(PusherResponse.outcome(403, "quota", SEVEN)).isEqualTo(new Blocked(403, "quota"));
        assertThat(PusherResponse.outcome(401, "key", SEVEN)).isEqualTo(new Unauthorized(401, "key"));
        assertThat(PusherResponse.outcome(200, "{}", SEVEN)).isEqualTo(new Delivered());
    }

    /** From Pusher itself, our development server and other compatible servers. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "The data content of this event exceeds the allowed maximum (10240 bytes). See"
                        + " https://pusher.com/docs/channels/server_api/http-api#publishing-events for more info",
                "Missing required parameter: name",
                "Invalid channel name: private-a#b",
                "{\"error\":\"The event data should be less than 100 KB.\",\"code\":413}",
                "{\"error\":\"The received data is incorrect\",\"code\":400}",
                "{\"data\":[\"The data field is required.\"]}",
                "[\"Channel name is invalid\"]",
                "  \r\nAn event name may have at most 200 characters\n",
                "Invalid event name: a b",
                "Cannot publish to more than 100 channels at once",
                "Batch too large (> 10)",
                "{\"name\":[\"It is required.\"]}",
                "{\"batch.0.channel\": [ \"It is required.\" ]}",
                "{\"error\":\"Invalid socket_id\"}",
                "Data may not contain <script>"
            })
    void knowsWhatPusherWouldSay(String body) {
        assertThat(PusherResponse.isPushers(body)).isTrue();
    }

    /** From proxies, load balancers, gateways and web servers. */
    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "",
                " \r\n",
                "<html>\r\n<head><title>400 Bad Request</title></head></html>",
                "\uFEFF<!DOCTYPE html><html></html>",
                "\n\n  <!-- a comment --><HTML></HTML>",
                "<?xml version=\"1.0\"?><Error><Code>InvalidRequest</Code></Error>",
                "Bad Request",
                "400 Bad Request",
                "400 Bad Request\nBad Request\n",
                "Payload Too Large",
                "Payload too large.",
                "Request Entity Too Large",
                "http: request body too large",
                "error code: 1020",
                "{\"message\":\"Bad Request\"}",
                "{\"statusCode\":400,\"message\":\"Bad Request\",\"error\":\"Bad Request\"}",
                "{}",
                "[]",
                "Invalid Host header",
                "Invalid HTTP_HOST header: 'api-eu.pusher.com'. You may need to add it to ALLOWED_HOSTS.",
                "Client sent an HTTP request to an HTTPS server.",
                "Your browser sent an invalid request.",
                "Request Header Or Cookie Too Large",
                "no healthy upstream",
                "The request was refused; reference 18.2f1e",
                "{\"code\":400,\"msg\":\"Invalid Host\",\"data\":null}",
                "{\"code\":400,\"data\":[],\"event\":{}}",
                "{\"timestamp\":\"2026-11-01\",\"status\":400,\"error\":\"Bad Request\",\"path\":\"/apps/1/events\"}",
                "Cannot POST /apps/1/batch_events",
                "Ungültiger Kanal",
                "null-byte \u0000 and more",
                "\u001F\u008B\b compressed"
            })
    void knowsWhatItWouldNot(@Nullable String body) {
        assertThat(PusherResponse.isPushers(body)).isFalse();
    }

    @Test
    void readsAnAnswerOfAnyLengthToItsEnd() {
        String words = "error, bad request: statusCode; ".repeat(2_000);

        assertThat(PusherResponse.isPushers(words)).isFalse();
        assertThat(PusherResponse.isPushers(words + "in data")).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "none",
            value = {
                "none, 0",
                "0, 0",
                "7, 7",
                "007, 7",
                "59, 59",
                "60, 60",
                "61, 60",
                "86400, 60",
                "00000000000000000000000000000009, 9",
                "99999999999999999999999999999999, 60",
                "-5, 0",
                "+5, 0",
                "1.5, 0",
                "'', 0",
                "'7 ', 0",
                "soon, 0",
                "٧, 0",
                "'Wed, 21 Oct 2065 07:28:00 GMT', 0"
            })
    void waitsNoLongerThanAMinute(@Nullable String header, long seconds) {
        assertThat(PusherResponse.retryAfter(header)).isEqualTo(Duration.ofSeconds(seconds));
    }
}
