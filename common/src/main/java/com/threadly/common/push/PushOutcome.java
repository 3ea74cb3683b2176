package com.threadly.common.push;

import java.time.Duration;

/** What became of one request to Pusher, as the HTTP status tells it. */
public sealed interface PushOutcome {

    /** Acknowledged. */
    record Delivered() implements PushOutcome {}

    /** Not now: no answer, 5xx, 429 or an answer that is not Pusher's. Wait at least so long, then send the same again. */
    record RetryAfter(Duration atLeast, String cause) implements PushOutcome {}

    /** Never: 400 or 413. In a batch, at least one event is at fault. */
    record Rejected(int status, String reason) implements PushOutcome {}

    /** 401, 403 or 404: key, secret, app or quota are wrong. Somebody must act; until then, the same again, slowly. */
    record Unauthorized(int status, String reason) implements PushOutcome {}
}
