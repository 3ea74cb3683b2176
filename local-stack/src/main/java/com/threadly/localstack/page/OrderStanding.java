package com.threadly.localstack.page;

import org.jspecify.annotations.Nullable;

/** Where the order stands, with the fields that {@code order-status} has; {@code updatedAt} is ISO-8601 in UTC. */
public record OrderStanding(
        String orderId, String status, @Nullable String previousStatus, String updatedAt) {}
