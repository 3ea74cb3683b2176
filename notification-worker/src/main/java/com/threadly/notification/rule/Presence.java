package com.threadly.notification.rule;

import java.time.Instant;

/** Whether a user is online, from {@code since} on. */
public record Presence(String userId, boolean online, Instant since) {}
