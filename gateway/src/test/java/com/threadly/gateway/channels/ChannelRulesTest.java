package com.threadly.gateway.channels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.threadly.events.MembersChannel;
import com.threadly.gateway.access.Access;
import com.threadly.gateway.channels.ChannelDecision.Allowed;
import com.threadly.gateway.channels.ChannelDecision.Reason;
import com.threadly.gateway.channels.ChannelDecision.Refused;
import com.threadly.gateway.identity.User;
import com.threadly.runtime.retry.UnavailableException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChannelRulesTest {

    /** Ana takes part in c1, and in o1. */
    private static final User ANA = new User("u1", Map.of("name", "Ana"), Set.of(), Set.of());

    /** The present members of c1. */
    private static final MembersChannel MEMBERS = new MembersChannel("c1", "A".repeat(22));

    private final ChannelRules rules = new ChannelRules(new Circles(), true);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "private-user-u1",
                "private-encrypted-user-u1",
                "private-conversation-c1",
                "private-encrypted-conversation-c1",
                "private-members-AAAAAAAAAAAAAAAAAAAAAA-c1",
                "private-encrypted-members-AAAAAAAAAAAAAAAAAAAAAA-c1",
                "private-order-o1",
                "presence-product-p1",
                "presence-category-shoes",
                "presence-search-red=20shoes",
                "presence-user-u2",
                "private-cache-viewers-product-p1",
                "private-cache-viewers-category-shoes",
                "private-cache-viewers-search-red=20shoes",
                "private-cache-status-u2"
            })
    void allows(String channel) throws Exception {
        assertThat(decision(channel)).isEqualTo(new Allowed());
    }

    @ParameterizedTest
    @CsvSource({
        "private-user-u2, NOT_YOURS",
        "private-user-u11, NOT_YOURS",
        "private-user-U1, NOT_YOURS",
        "private-user-u, NOT_YOURS",
        "private-encrypted-user-u2, NOT_YOURS",
        "private-encrypted-user-u, NOT_YOURS",
        "private-conversation-c2, NOT_YOURS",
        "private-encrypted-conversation-c2, NOT_YOURS",
        "private-members-BAAAAAAAAAAAAAAAAAAAAA-c1, NOT_YOURS",
        "private-members-AAAAAAAAAAAAAAAAAAAAAA-c2, NOT_YOURS",
        "private-members-AAAAAAAAAAAAAAAAAAAAAA-, NOT_YOURS",
        "private-members-AAAAAAAAAAAAAAAAAAAAA-c1, NOT_YOURS",
        "private-members-c1, NOT_YOURS",
        "private-conversation-AAAAAAAAAAAAAAAAAAAAAA-c1, NOT_YOURS",
        "private-conversation-o1, NOT_YOURS",
        "private-order-c1, NOT_YOURS",
        "private-order-o2, NOT_YOURS",
        "presence-user-u3, NOT_YOURS",
        "private-cache-status-u3, NOT_YOURS",
        "private-cache-status-, UNKNOWN",
        "private-cache-viewers-product-, UNKNOWN",
        "private-cache-viewers-user-u1, UNKNOWN",
        "private-cache-conversation-c1, UNKNOWN",
        "global-announcements, PUBLIC",
        "status-updates, PUBLIC",
        "private-user-, UNKNOWN",
        "presence-product-, UNKNOWN",
        "private-, UNKNOWN",
        "Private-user-u1, UNKNOWN",
        "presence-order-o1, UNKNOWN",
        "presence-conversation-c1, UNKNOWN",
        "private-product-p1, UNKNOWN",
        "private-encrypted-user-, UNKNOWN",
        "private-encrypted-order-o1, UNKNOWN",
        "private-cache-user-u1, UNKNOWN",
        "product-p1, UNKNOWN",
        "global-announcements-2, UNKNOWN",
    })
    void refuses(String channel, Reason reason) throws Exception {
        assertThat(decision(channel)).isEqualTo(new Refused(reason));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "private-user-u1%2f",
                "private-user-u1 ",
                " private-user-u1",
                "private-user-u1\n",
                "private-user-u1\u0000",
                "private-user-u1/../u2",
                "private-us\u0435r-u1",
                "private-user-u\uff11",
                "private-user-u1\u200b",
                "private-user-u1#c",
                "private-user-u1:private-user-u2",
            })
    void refusesWhatNoChannelCanBeCalled(String channel) throws Exception {
        assertThat(decision(channel)).isEqualTo(new Refused(Reason.MALFORMED));
    }

    @Test
    void refusesAnEndlessName() throws Exception {
        assertThat(decision("presence-product-" + "1".repeat(10_000))).isEqualTo(new Refused(Reason.MALFORMED));
    }

    @Test
    void knowsNoEncryptedChannelsWithoutTheMasterKey() throws Exception {
        var rules = new ChannelRules(new Circles(), false);

        assertThat(decision(rules, "private-encrypted-conversation-c1")).isEqualTo(new Refused(Reason.UNKNOWN));
        assertThat(decision(rules, "private-encrypted-members-AAAAAAAAAAAAAAAAAAAAAA-c1"))
                .isEqualTo(new Refused(Reason.UNKNOWN));
        assertThat(decision(new ChannelRules(new Circles(), false), "private-encrypted-user-u1"))
                .isEqualTo(new Refused(Reason.UNKNOWN));
    }

    @Test
    void saysWhereAConversationGoesOnThatSomebodyHasLeft() throws Exception {
        assertThat(rules.moved(
                        ANA,
                        List.of("private-conversation-c1", "private-encrypted-conversation-c1", "private-order-c1")))
                .isEqualTo(Map.of(
                        "private-conversation-c1",
                        "private-members-AAAAAAAAAAAAAAAAAAAAAA-c1",
                        "private-encrypted-conversation-c1",
                        "private-encrypted-members-AAAAAAAAAAAAAAAAAAAAAA-c1"));
        assertThat(rules.moved(ANA, List.of("private-conversation-c2", "presence-user-u2")))
                .isEmpty();
    }

    @Test
    void anIdThatIsTooLongToMoveIsNoFailure() throws Exception {
        String id = "c".repeat(140);
        var access = new Circles() {
            @Override
            public Map<String, String> movedOf(User user, Set<String> ids) {
                return Map.of(id, MEMBERS.key());
            }
        };

        assertThat(new ChannelRules(access, true).moved(ANA, List.of("private-conversation-" + id)))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "u1, private-members-AAAAAAAAAAAAAAAAAAAAAA-c1, true",
        "u1, private-members-BAAAAAAAAAAAAAAAAAAAAA-c1, false",
        "u2, private-members-AAAAAAAAAAAAAAAAAAAAAA-c1, false",
        "u1, private-conversation-c1, false",
        "u1, private-conversation-c2, false",
    })
    void showsTypingOnTheChannelOfThePresentMembersOnly(String userId, String channel, boolean shown) throws Exception {
        assertThat(rules.mayTypeOn(userId, channel)).isEqualTo(shown);
    }

    @Test
    void letsNobodyInWhileMembershipsCannotBeRead() {
        var down = new ChannelRules(new Down(), true);

        assertThatExceptionOfType(UnavailableException.class)
                .isThrownBy(() -> decision(down, "private-conversation-c1"));
    }

    @Test
    void asksOnceForAllConversationsOfABatch() throws Exception {
        var asked = new ArrayList<Set<String>>();
        Access access = new Access() {
            @Override
            public Set<String> conversationsOf(User user, Set<String> ids) {
                asked.add(ids);
                return Set.of("c1");
            }

            @Override
            public Map<String, String> movedOf(User user, Set<String> ids) {
                return Map.of();
            }

            @Override
            public Set<MembersChannel> membersChannelsOf(User user, Set<MembersChannel> channels) {
                return Set.of();
            }

            @Override
            public Set<String> ordersOf(User user, Set<String> ids) {
                asked.add(ids);
                return Set.of();
            }

            @Override
            public Set<String> acquaintancesOf(User user, Set<String> userIds) {
                return userIds;
            }
        };

        var decisions = new ChannelRules(access, true)
                .decide(
                        ANA,
                        List.of(
                                "private-order-c1",
                                "private-conversation-c1",
                                "private-encrypted-conversation-c2",
                                "private-encrypted-conversation-c1",
                                "presence-user-c1"));

        assertThat(asked).containsExactlyInAnyOrder(Set.of("c1", "c2"), Set.of("c1"));
        assertThat(decisions)
                .containsExactly(
                        Map.entry("private-order-c1", new Refused(Reason.NOT_YOURS)),
                        Map.entry("private-conversation-c1", new Allowed()),
                        Map.entry("private-encrypted-conversation-c2", new Refused(Reason.NOT_YOURS)),
                        Map.entry("private-encrypted-conversation-c1", new Allowed()),
                        Map.entry("presence-user-c1", new Allowed()));
    }

    private ChannelDecision decision(String channel) throws UnavailableException {
        return decision(rules, channel);
    }

    private static ChannelDecision decision(ChannelRules rules, String channel) throws UnavailableException {
        return Objects.requireNonNull(rules.decide(ANA, List.of(channel)).get(channel));
    }

    private static class Circles implements Access {

        @Override
        public Set<String> conversationsOf(User user, Set<String> ids) {
            return own("c1", user, ids);
        }

        @Override
        public Map<String, String> movedOf(User user, Set<String> ids) {
            return conversationsOf(user, ids).isEmpty() ? Map.of() : Map.of("c1", MEMBERS.key());
        }

        @Override
        public Set<MembersChannel> membersChannelsOf(User user, Set<MembersChannel> channels) {
            return user.id().equals("u1") && channels.contains(MEMBERS) ? Set.of(MEMBERS) : Set.of();
        }

        @Override
        public Set<String> ordersOf(User user, Set<String> ids) {
            return own("o1", user, ids);
        }

        @Override
        public Set<String> acquaintancesOf(User user, Set<String> userIds) {
            return own("u2", user, userIds);
        }

        private static Set<String> own(String id, User user, Set<String> ids) {
            return user.id().equals("u1") && ids.contains(id) ? Set.of(id) : Set.of();
        }
    }

    private record Down() implements Access {

        @Override
        public Set<String> conversationsOf(User user, Set<String> ids) throws UnavailableException {
            throw new UnavailableException("down", new IllegalStateException());
        }

        @Override
        public Map<String, String> movedOf(User user, Set<String> ids) throws UnavailableException {
            throw new UnavailableException("down", new IllegalStateException());
        }

        @Override
        public Set<MembersChannel> membersChannelsOf(User user, Set<MembersChannel> channels)
                throws UnavailableException {
            throw new UnavailableException("down", new IllegalStateException());
        }

        @Override
        public Set<String> ordersOf(User user, Set<String> ids) throws UnavailableException {
            return conversationsOf(user, ids);
        }

        @Override
        public Set<String> acquaintancesOf(User user, Set<String> userIds) throws UnavailableException {
            return conversationsOf(user, userIds);
        }
    }
}
