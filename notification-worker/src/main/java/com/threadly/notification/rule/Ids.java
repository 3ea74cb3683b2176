package com.threadly.notification.rule;

import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** Names of things as UUIDs: the same parts give the same id on any machine, at any time. */
final class Ids {

    private Ids() {}

    /** No part may hold a slash; ids that passed for channel names do not. */
    static UUID of(String... parts) {
        return UUID.nameUUIDFromBytes(String.join("/", parts).getBytes(StandardCharsets.UTF_8));
    }
}
