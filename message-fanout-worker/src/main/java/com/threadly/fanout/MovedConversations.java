package com.threadly.fanout;

import com.threadly.events.ConversationMoved;
import com.threadly.pipeline.CompactedTopic;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The conversations that somebody has left, with the key of their present members. All of them are known in every
 * process: some 150 bytes each.
 */
final class MovedConversations implements CompactedTopic.Rows<ConversationMoved> {

    /** Of conversations whose members have been told of their channel; one that is forgotten is told again. */
    private static final int MOST_TOLD = 10_000;

    /** By a digest of the id: many ids are longer. */
    private final Map<UUID, String> keys = new ConcurrentHashMap<>();

    private final Map<String, String> told = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
            return size() > MOST_TOLD;
        }
    };

    @Override
    public void put(String conversationId, @Nullable ConversationMoved moved) {
        if (moved == null) {
            keys.remove(digest(conversationId));
        } else {
            keys.put(digest(conversationId), moved.getMembersKey());
        }
    }

    /** The key of the latest known members; empty while nobody has left. */
    Optional<String> keyOf(String conversationId) {
        // Without a digest for each message where nobody has left any.
        return keys.isEmpty() ? Optional.empty() : Optional.ofNullable(keys.get(digest(conversationId)));
    }

    /** Notes the members of a message, which may be newer than what the gateway has said. */
    void latest(String conversationId, String key) {
        keys.computeIfPresent(digest(conversationId), (_, _) -> key);
    }

    /** Whether the members have not been told yet, as far as this process knows, that the conversation is here. */
    synchronized boolean isNews(String conversationId, String key) {
        return !key.equals(told.put(conversationId, key));
    }

    private static UUID digest(String conversationId) {
        return UUID.nameUUIDFromBytes(conversationId.getBytes(StandardCharsets.UTF_8));
    }
}
