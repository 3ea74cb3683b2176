package com.threadly.notification.rule;

import static com.threadly.payload.Payloads.json;

import com.threadly.events.ChannelNames;
import com.threadly.events.InvalidFieldException;
import com.threadly.events.NotificationRequested;
import com.threadly.events.RequestedType;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Pattern;

/** A service notifies a user in words of its own. */
final class RequestRule {

    private static final int MAX_TITLE = 200;
    private static final int MAX_MESSAGE = 2_000;
    private static final int MAX_URL = 1_000;
    private static final int MAX_KEY = 200;
    private static final int MAX_ENTRIES = 20;
    private static final int MAX_VALUE = 500;

    /** Fits an encrypted event, with ids and times. */
    private static final int MAX_CONTENT_BYTES = 6_144;

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.-]{1,40}");

    /** A site's own path must not name a host: browsers take a backslash for a slash. */
    private static final Pattern URL =
            Pattern.compile("(https://[A-Za-z0-9\\[]|/(?![/\\\\]))[\\x21-\\x7e&&[^\"<>\\\\]]*");

    /** What the worker itself says in metadata. */
    private static final Set<String> RESERVED = Set.of("eventId", "link", "imageUrl", "count");

    private record Content(String title, String message, String metadata) {}

    private RequestRule() {}

    /**
     * A row for the user.
     *
     * @param statedAt when the event says that it occurred
     */
    static Decision decide(NotificationRequested request, Instant statedAt) {
        ChannelNames.user("userId", request.getUserId());
        if (request.getType() == RequestedType.UNKNOWN) {
            return new Decision.Skip("unknown_type");
        }
        String title = TextSanitizer.line(bounded("title", request.getTitle(), MAX_TITLE), MAX_TITLE);
        String message = TextSanitizer.paragraphs(bounded("message", request.getMessage(), MAX_MESSAGE));
        requireVisible("title", title);
        requireVisible("message", TextSanitizer.line(message, MAX_MESSAGE));
        request.getExpiresAt().ifPresent(end -> {
            if (!end.isAfter(request.getOccurredAt())) {
                throw new InvalidFieldException("expiresAt", "is not after occurredAt");
            }
        });
        String metadata = json(metadata(request));
        if (json(new Content(title, message, metadata)).getBytes(StandardCharsets.UTF_8).length > MAX_CONTENT_BYTES) {
            throw new InvalidFieldException(
                    "message",
                    String.format(
                            Locale.ROOT,
                            "is too long with title, metadata, link and imageUrl: together more than %d bytes of JSON",
                            MAX_CONTENT_BYTES));
        }
        return new Decision.Notify(
                List.of(new Notification(
                        id(request, statedAt),
                        request.getUserId(),
                        type(request.getType()),
                        title,
                        message,
                        metadata,
                        request.getOccurredAt(),
                        request.getOccurredAt(),
                        fingerprint(request),
                        1,
                        request.getExpiresAt().orElse(null))),
                List.of());
    }

    /** The same for requests of which only one counts. The last part may contain slashes. */
    private static UUID id(NotificationRequested request, Instant statedAt) {
        Optional<String> key = request.getDedupKey();
        if (key.isEmpty()) {
            return Ids.of("request", request.getUserId(), request.getEventId().toString());
        }
        if (bounded("dedupKey", key.get(), MAX_KEY).isBlank()) {
            throw new InvalidFieldException("dedupKey", "is empty");
        }
        long window = Math.floorDiv(statedAt.toEpochMilli(), RulesSettings.DEDUP_WINDOW.toMillis());
        return Ids.of("request-key", request.getUserId(), Long.toString(window), key.get());
    }

    private static Map<String, String> metadata(NotificationRequested request) {
        Map<String, String> given = request.getMetadata();
        if (given.size() > MAX_ENTRIES) {
            throw new InvalidFieldException(
                    "metadata", String.format(Locale.ROOT, "has more than %d entries", MAX_ENTRIES));
        }
        given.forEach(RequestRule::checkEntry);
        Map<String, String> metadata = new TreeMap<>(given);
        metadata.put("eventId", request.getEventId().toString());
        request.getLink().ifPresent(link -> metadata.put("link", url("link", link)));
        request.getImageUrl().ifPresent(image -> metadata.put("imageUrl", url("imageUrl", image)));
        return metadata;
    }

    private static void checkEntry(String name, String value) {
        if (!NAME.matcher(name).matches()) {
            throw new InvalidFieldException(
                    "metadata", "has a name that is not of 1 to 40 letters, digits, dots, hyphens and underscores");
        }
        if (RESERVED.contains(name)) {
            throw new InvalidFieldException("metadata", "has the reserved name " + name);
        }
        bounded("metadata", value, MAX_VALUE);
        if (value.codePoints()
                .anyMatch(c -> Character.isISOControl(c) || Character.getType(c) == Character.SURROGATE)) {
            throw new InvalidFieldException("metadata", "has a control character in the value of " + name);
        }
    }

    private static String url(String field, String text) {
        if (text.length() > MAX_URL || !URL.matcher(text).matches()) {
            throw new InvalidFieldException(
                    field,
                    String.format(
                            Locale.ROOT,
                            "is neither an https URL nor a path that begins with one slash, of at most %d ASCII"
                                    + " characters",
                            MAX_URL));
        }
        return text;
    }

    private static String bounded(String field, String text, int max) {
        if (text.codePointCount(0, text.length()) > max) {
            throw new InvalidFieldException(field, String.format(Locale.ROOT, "has more than %d characters", max));
        }
        return text;
    }

    private static void requireVisible(String field, String line) {
        if (line.isEmpty()) {
            throw new InvalidFieldException(field, "has no visible character");
        }
    }

    private static NotificationType type(RequestedType type) {
        return switch (type) {
            case ORDER -> NotificationType.ORDER;
            case MESSAGE -> NotificationType.MESSAGE;
            case PAYMENT -> NotificationType.PAYMENT;
            case SYSTEM -> NotificationType.SYSTEM;
            case UNKNOWN -> throw new IllegalArgumentException("skipped before");
        };
    }

    /** With the event's id: of two that say the same at the same time, the same one counts everywhere. */
    private static int fingerprint(NotificationRequested request) {
        return List.of(
                        request.getEventId(),
                        request.getType().name(),
                        request.getTitle(),
                        request.getMessage(),
                        request.getMetadata(),
                        request.getLink().orElse(""),
                        request.getImageUrl().orElse(""),
                        request.getExpiresAt().map(Instant::toEpochMilli).orElse(Long.MAX_VALUE))
                .hashCode();
    }
}
