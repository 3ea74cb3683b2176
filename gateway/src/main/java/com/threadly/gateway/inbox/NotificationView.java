package com.threadly.gateway.inbox;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonRawValue;
import java.time.Instant;
import java.util.UUID;

/** A notification as browsers see it: the fields of the event {@code notification}. */
record NotificationView(
        UUID id,
        String userId,
        String title,
        String message,
        String type,
        @JsonRawValue String metadata,
        int revision,
        boolean read,
        String createdAt,
        @JsonIgnore Instant lastEventAt) {}
