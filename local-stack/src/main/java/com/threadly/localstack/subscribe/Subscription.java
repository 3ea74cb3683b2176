package com.threadly.localstack.subscribe;

import org.jspecify.annotations.Nullable;

/**
 * A channel to listen to.
 *
 * @param userId the subscriber; null on a public channel
 */
public record Subscription(String channel, @Nullable String userId) {}
