package com.threadly.notification.rule;

import java.time.Instant;

/** Whether a user is online, since {@code since}. */
public record Presence(String userId, boolean online, Instant since) {}
