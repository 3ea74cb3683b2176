package com.threadly.gateway.inbox;

import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/**
 * What a user has read.
 *
 * @param revisions by notification, the revision up to which it is read
 */
record Marks(Map<UUID, Integer> revisions) {

    static final Marks NONE = new Marks(Map.of());

    Marks {
        revisions = Map.copyOf(revisions);
    }

    boolean isEmpty() {
        return revisions.isEmpty();
    }

    /** Whether this revision of the notification is read. */
    boolean cover(UUID id, int revision) {
        return revisions.getOrDefault(id, 0) >= revision;
    }

    /** Both combined, with the later of two revisions. */
    Marks and(Marks other) {
        var all = new HashMap<>(revisions);
        other.revisions.forEach((id, revision) -> all.merge(id, revision, Math::max));
        return new Marks(all);
    }
}
