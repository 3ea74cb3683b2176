package com.threadly.localstack.check;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.threadly.localstack.subscribe.Push;
import java.time.DateTimeException;
import java.time.Instant;

/** The meaning of a push. */
sealed interface ParsedPush {

    /** A push that must arrive once. */
    record One(PushId id) implements ParsedPush {}

    /** A digest notification that counts {@code count} messages of a window. */
    record Count(String channel, String conversationId, Instant windowStart, String notificationId, long count)
            implements ParsedPush {}

    /** A push that nothing promises: typing, counts, presence. */
    record Extra() implements ParsedPush {}

    /** A push without the fields that identify it. */
    record Unreadable(String why) implements ParsedPush {}

    /** Reads pushes. */
    record Reader(ObjectMapper json, Promises promises) {

        ParsedPush read(Push push) {
            return switch (push.event()) {
                case "new-message", "announcement", "status-update" -> one(push, "/id");
                case "order-status" -> orderStatus(push);
                case "notification" -> notification(push);
                default -> new Extra();
            };
        }

        private ParsedPush orderStatus(Push push) {
            JsonNode data = data(push);
            try {
                Instant updatedAt = Instant.parse(data.path("updatedAt").asText());
                return new One(new PushId(
                        push.channel(),
                        push.event(),
                        Promises.statusIdentity(data.path("status").asText(), updatedAt)));
            } catch (DateTimeException noTime) {
                return new Unreadable("no time in updatedAt");
            }
        }

        private ParsedPush notification(Push push) {
            JsonNode data = data(push);
            if (!data.path("type").asText().equals("message")) {
                return one(push, "/metadata/eventId");
            }
            JsonNode metadata = data.path("metadata");
            try {
                // No field names the window, but the digest's time is within it.
                Instant createdAt = Instant.parse(data.path("createdAt").asText());
                return new Count(
                        push.channel(),
                        metadata.path("conversationId").asText(),
                        promises.windowStart(createdAt),
                        data.path("id").asText(),
                        data.path("revision").asLong());
            } catch (DateTimeException noTime) {
                return new Unreadable("no time in createdAt");
            }
        }

        private ParsedPush one(Push push, String identity) {
            JsonNode value = data(push).at(identity);
            return value.isMissingNode()
                    ? new Unreadable("no " + identity)
                    : new One(new PushId(push.channel(), push.event(), value.asText()));
        }

        private JsonNode data(Push push) {
            try {
                return json.readTree(push.data());
            } catch (JsonProcessingException noJson) {
                return json.missingNode();
            }
        }
    }
}
