package com.threadly.localstack.subscribe;

import org.jspecify.annotations.Nullable;

/**
 * A channel to listen to.
 *
 * @param userId who asks for it; null on a public channel
 */
public record Subscription(String channel, @Nullable String userId) {}
