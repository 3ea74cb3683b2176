package com.threadly.fanout;

import com.threadly.events.UserErased;
import com.threadly.pipeline.CompactedTopic;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Users who are erased, and so members of no conversation, whatever messages say. All of them are known in every
 * process: some 80 bytes each.
 */
final class ErasedParticipants implements CompactedTopic.Rows<UserErased> {

    /** By a digest of the id: many ids are longer. */
    private final Set<UUID> users = ConcurrentHashMap.newKeySet();

    /** An erasure cannot be undone. */
    @Override
    public void put(String key, @Nullable UserErased erased) {
        if (erased != null) {
            users.add(digest(erased.getUserId()));
        }
    }

    boolean contains(String userId) {
        return users.contains(digest(userId));
    }

    private static UUID digest(String userId) {
        return UUID.nameUUIDFromBytes(userId.getBytes(StandardCharsets.UTF_8));
    }
}
