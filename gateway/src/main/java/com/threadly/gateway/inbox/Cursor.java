package com.threadly.gateway.inbox;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;

/** The notification after which a page begins. Its text is opaque to clients. */
record Cursor(Instant lastEventAt, UUID id) {

    /** Later times cannot be stored. */
    static final Instant END_OF_TIME = Instant.parse("9999-12-31T00:00:00Z");

    private static final String SEPARATOR = "/";

    /** A time outside the column's range belongs to no notification. */
    private boolean canBeStored() {
        return !lastEventAt.isBefore(Instant.EPOCH) && lastEventAt.isBefore(END_OF_TIME);
    }

    String text() {
        byte[] plain = (lastEventAt + SEPARATOR + id).getBytes(StandardCharsets.UTF_8);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(plain);
    }

    /** Empty when {@code text} is not from {@link #text()}. */
    static Optional<Cursor> parse(String text) {
        try {
            String plain = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8);
            String[] parts = plain.split(SEPARATOR, 2);
            if (parts.length == 2) {
                return Optional.of(new Cursor(Instant.parse(parts[0]), UUID.fromString(parts[1])))
                        .filter(Cursor::canBeStored);
            }
        } catch (IllegalArgumentException | DateTimeException e) {
            // Not one of ours.
        }
        return Optional.empty();
    }
}
