package com.threadly.localstack.subscribe;

import java.time.Instant;

/** What a subscriber received, and when. {@code data} is the payload's JSON text. */
public record Push(String channel, String event, String data, Instant at) {}
