package com.threadly.gateway.inbox;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonRawValue;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

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
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Boolean seen,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Boolean archived,
        String createdAt,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String expiresAt,
        @JsonIgnore Instant lastEventAt) {}
