package com.threadly.localstack.page;

import org.jspecify.annotations.Nullable;

/** The order's status, with the fields of {@code order-status}; {@code updatedAt} is ISO-8601 in UTC. */
public record OrderStanding(
        String orderId, String status, @Nullable String previousStatus, String updatedAt) {}
