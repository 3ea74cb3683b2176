package com.threadly.gateway.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.threadly.gateway.identity.User;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class CachedAccessTest {

    private final Stored stored = new Stored();
    private final AtomicLong nanos = new AtomicLong();
    private final CachedAccess access = new CachedAccess(stored, nanos::get);

    @Test
    void asksOnceForManyDecisions() throws Exception {
        stored.conversations.put("c1", Set.of("ana", "ben"));

        for (int i = 0; i < 10; i++) {
            assertThat(access.participates(user("ana"), "c1")).isTrue();
            assertThat(access.participates(user("ben"), "c1")).isTrue();
        }
        assertThat(stored.questions).isEqualTo(1);
    }

    @Test
    void letsInWhoJoinedAMomentAgo() throws Exception {
        stored.conversations.put("c1", Set.of("ana"));
        assertThat(access.participates(user("ana"), "c1")).isTrue();
        assertThat(access.participates(user("ben"), "c1")).isFalse();

        stored.conversations.put("c1", Set.of("ana", "ben"));

        assertThat(access.participates(user("ben"), "c1")).isTrue();
    }

    @Test
    void letsNobodyInForLongWhoHasLeft() throws Exception {
        stored.conversations.put("c1", Set.of("ana", "ben"));
        assertThat(access.participates(user("ben"), "c1")).isTrue();
        stored.conversations.put("c1", Set.of("ana"));

        nanos.addAndGet(Duration.ofSeconds(30).toNanos());

        assertThat(access.participates(user("ben"), "c1")).isFalse();
    }

    @Test
    void ordersAreNoConversations() throws Exception {
        stored.conversations.put("x", Set.of("ana"));

        assertThat(access.isParty(user("ana"), "x")).isFalse();
    }

    private static User user(String id) {
        return new User(id, Map.of(), Set.of(), Set.of());
    }

    private static final class Stored implements MembershipReader {

        private final Map<String, Set<String>> conversations = new HashMap<>();
        private int questions;

        @Override
        public Set<String> ofConversation(String id) {
            questions++;
            return conversations.getOrDefault(id, Set.of());
        }

        @Override
        public Set<String> ofOrder(String id) {
            return Set.of();
        }
    }
}
