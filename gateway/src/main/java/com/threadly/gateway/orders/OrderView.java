package com.threadly.gateway.orders;

import org.jspecify.annotations.Nullable;

/** An order as browsers see it: the fields of the event {@code order-status}. */
public record OrderView(
        String orderId, String status, @Nullable String previousStatus, String updatedAt) {}
