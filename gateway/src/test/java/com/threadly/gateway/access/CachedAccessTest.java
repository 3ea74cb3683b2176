package com.threadly.gateway.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.threadly.events.MembersChannel;
import com.threadly.gateway.identity.User;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
    void letsInWhoJoinedASecondAgo() throws Exception {
        stored.conversations.put("c1", Set.of("ana"));
        assertThat(access.participates(user("ana"), "c1")).isTrue();
        assertThat(access.participates(user("ben"), "c1")).isFalse();

        stored.conversations.put("c1", Set.of("ana", "ben"));
        nanos.addAndGet(Duration.ofSeconds(1).toNanos());

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
    void asksOnceASecondForOneWhoIsRefused() throws Exception {
        stored.conversations.put("c1", Set.of("ana"));
        for (int i = 0; i < 10; i++) {
            assertThat(access.conversationsOf(user("mallory"), Set.of("c1", "unknown")))
                    .isEmpty();
        }
        assertThat(stored.questions).isEqualTo(1);

        nanos.addAndGet(Duration.ofSeconds(1).toNanos());
        assertThat(access.participates(user("mallory"), "c1")).isFalse();
        assertThat(stored.questions).isEqualTo(2);
    }

    @Test
    void remembersOnlyThousandsOfGuesses() throws Exception {
        stored.conversations.put("c1", Set.of("ana"));
        assertThat(access.participates(user("ana"), "c1")).isTrue();
        for (int i = 0; i < 100_000; i++) {
            assertThat(access.participates(user("mallory"), "guess-" + i)).isFalse();
        }
        assertThat(access.remembered()).isLessThan(10_000);
        int questions = stored.questions;
        assertThat(access.participates(user("ana"), "c1")).isTrue();
        assertThat(stored.questions).isEqualTo(questions);
    }

    @Test
    void asksOnceForMany() throws Exception {
        stored.conversations.put("c1", Set.of("ana"));
        stored.conversations.put("c2", Set.of("ben"));
        stored.conversations.put("c3", Set.of("ben", "ana"));

        assertThat(access.conversationsOf(user("ana"), Set.of("c1", "c2", "c3", "c4")))
                .containsExactlyInAnyOrder("c1", "c3");
        assertThat(stored.questions).isEqualTo(1);
    }

    @Test
    void guessesTakeNoMemoryForLong() throws Exception {
        stored.conversations.put("c1", Set.of("ana"));
        assertThat(access.participates(user("ana"), "c1")).isTrue();
        for (int i = 0; i < 100; i++) {
            assertThat(access.participates(user("mallory"), "guess-" + i)).isFalse();
        }

        nanos.addAndGet(Duration.ofSeconds(5).toNanos());

        assertThat(access.remembered()).isEqualTo(1);
        assertThat(access.participates(user("ana"), "c1")).isTrue();
        assertThat(stored.questions).isEqualTo(101);
    }

    @Test
    void everyoneKnowsThemselves() throws Exception {
        assertThat(access.acquaintancesOf(user("ana"), Set.of("ana"))).containsExactly("ana");
        assertThat(stored.questions).isZero();
        assertThat(access.acquaintancesOf(user("ana"), Set.of("ana", "ben"))).containsExactly("ana");
    }

    @Test
    void aChannelOfMembersIsOpenToThemAlone() throws Exception {
        stored.conversations.put("c1", Set.of("ana", "ben"));
        MembersChannel both = MembersChannel.of("c1", List.of("ben", "ana"));
        MembersChannel others = MembersChannel.of("c1", List.of("ana", "ben", "cleo"));

        assertThat(access.membersChannelsOf(user("ana"), Set.of(both, others))).containsExactly(both);
        assertThat(access.membersChannelsOf(user("cleo"), Set.of(both, others))).isEmpty();
    }

    @Test
    void theChannelOfNewMembersOpensWithinASecond() throws Exception {
        stored.conversations.put("c1", Set.of("ana", "ben", "cleo"));
        assertThat(access.participates(user("ana"), "c1")).isTrue();
        stored.conversations.put("c1", Set.of("ana", "ben"));
        stored.moved.put("c1", "key");
        MembersChannel left = MembersChannel.of("c1", List.of("ana", "ben"));

        nanos.addAndGet(Duration.ofSeconds(1).toNanos());

        assertThat(access.membersChannelsOf(user("ana"), Set.of(left))).containsExactly(left);
        assertThat(access.movedOf(user("ana"), Set.of("c1", "c2"))).isEqualTo(Map.of("c1", "key"));
        assertThat(access.movedOf(user("cleo"), Set.of("c1"))).isEmpty();
    }

    @Test
    void ordersAreNoConversations() throws Exception {
        stored.conversations.put("x", Set.of("ana"));

        assertThat(access.ordersOf(user("ana"), Set.of("x"))).isEmpty();
    }

    private static User user(String id) {
        return new User(id, Map.of(), Set.of(), Set.of());
    }

    private static final class Stored implements MembershipReader {

        private final Map<String, Set<String>> conversations = new HashMap<>();
        private final Map<String, String> moved = new HashMap<>();
        private int questions;

        @Override
        public Map<String, Members> ofConversations(Set<String> ids) {
            questions++;
            var known = new HashMap<String, Members>();
            conversations.forEach((id, users) -> {
                if (ids.contains(id)) {
                    known.put(id, new Members(users, Optional.ofNullable(moved.get(id))));
                }
            });
            return known;
        }

        @Override
        public Set<String> acquaintances(String userId, Set<String> userIds) {
            questions++;
            return Set.of();
        }

        @Override
        public Map<String, Members> ofOrders(Set<String> ids) {
            return Map.of();
        }
    }
}
