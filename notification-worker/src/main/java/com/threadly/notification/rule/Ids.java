package com.threadly.notification.rule;

import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** Name-based UUIDs: the same parts give the same id on any machine, at any time. */
final class Ids {

    private Ids() {}

    /** No part may contain a slash; ids that are valid in channel names do not. */
    static UUID of(String... parts) {
        return UUID.nameUUIDFromBytes(String.join("/", parts).getBytes(StandardCharsets.UTF_8));
    }
}
