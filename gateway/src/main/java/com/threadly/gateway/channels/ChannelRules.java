package com.threadly.gateway.channels;

import static com.threadly.events.ChannelNames.CATEGORY_PREFIX;
import static com.threadly.events.ChannelNames.CONVERSATION_PREFIX;
import static com.threadly.events.ChannelNames.ENCRYPTED_CONVERSATION_PREFIX;
import static com.threadly.events.ChannelNames.ENCRYPTED_USER_PREFIX;
import static com.threadly.events.ChannelNames.GLOBAL_ANNOUNCEMENTS;
import static com.threadly.events.ChannelNames.ORDER_PREFIX;
import static com.threadly.events.ChannelNames.PRODUCT_PREFIX;
import static com.threadly.events.ChannelNames.SEARCH_PREFIX;
import static com.threadly.events.ChannelNames.STATUS_PREFIX;
import static com.threadly.events.ChannelNames.STATUS_UPDATES;
import static com.threadly.events.ChannelNames.USER_PREFIX;
import static com.threadly.events.ChannelNames.USER_PRESENCE_PREFIX;
import static com.threadly.events.ChannelNames.VIEWERS_PREFIX;

import com.threadly.events.ChannelNames;
import com.threadly.events.InvalidFieldException;
import com.threadly.gateway.access.Access;
import com.threadly.gateway.channels.ChannelDecision.Allowed;
import com.threadly.gateway.channels.ChannelDecision.Reason;
import com.threadly.gateway.channels.ChannelDecision.Refused;
import com.threadly.gateway.identity.User;
import com.threadly.runtime.retry.UnavailableException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Who may subscribe to what. Anything without a rule is denied. */
public final class ChannelRules {

    /** Those of {@code ids} to whose channels a user may subscribe. All at once, as each call may be a query. */
    @FunctionalInterface
    private interface Test {
        Set<String> allowed(User user, Set<String> ids) throws UnavailableException;
    }

    private record Rule(String prefix, Test test) {

        boolean matches(String channel) {
            return channel.startsWith(prefix) && channel.length() > prefix.length();
        }

        String idOf(String channel) {
            return channel.substring(prefix.length());
        }
    }

    private static final Set<String> PUBLIC = Set.of(GLOBAL_ANNOUNCEMENTS, STATUS_UPDATES);

    private static final Test ANY_SIGNED_IN_USER = (_, ids) -> ids;

    private final List<Rule> rules;

    /**
     * @param encrypting whether there are end-to-end encrypted channels, whose secret derives from the app's master key
     */
    public ChannelRules(Access access, boolean encrypting) {
        Test participants = access::conversationsOf;
        Test themselves = (user, ids) -> ids.contains(user.id()) ? Set.of(user.id()) : Set.of();
        var rules = Stream.of(
                new Rule(USER_PREFIX, themselves),
                new Rule(CONVERSATION_PREFIX, participants),
                new Rule(ORDER_PREFIX, access::ordersOf),
                new Rule(PRODUCT_PREFIX, ANY_SIGNED_IN_USER),
                new Rule(CATEGORY_PREFIX, ANY_SIGNED_IN_USER),
                new Rule(SEARCH_PREFIX, ANY_SIGNED_IN_USER),
                new Rule(USER_PRESENCE_PREFIX, access::acquaintancesOf));
        var encrypted = Stream.of(
                new Rule(ENCRYPTED_USER_PREFIX, themselves), new Rule(ENCRYPTED_CONVERSATION_PREFIX, participants));
        this.rules = (encrypting ? Stream.concat(rules, encrypted) : rules).toList();
    }

    /**
     * The decision of each channel, with at most one query per kind of channel.
     *
     * @throws UnavailableException when memberships cannot be read now
     */
    Map<String, ChannelDecision> decide(User user, List<String> channels) throws UnavailableException {
        var decisions = new LinkedHashMap<String, ChannelDecision>();
        var ruled = new HashMap<Test, Set<String>>();
        for (String channel : channels) {
            Optional<Rule> rule = ruleOf(channel);
            decisions.put(channel, new Refused(rule.isPresent() ? Reason.NOT_YOURS : withoutRule(channel)));
            rule.ifPresent(found ->
                    ruled.computeIfAbsent(found.test(), _ -> new HashSet<>()).add(found.idOf(channel)));
        }
        var allowed = new HashMap<Test, Set<String>>();
        for (Map.Entry<Test, Set<String>> ids : ruled.entrySet()) {
            allowed.put(ids.getKey(), ids.getKey().allowed(user, ids.getValue()));
        }
        decisions.replaceAll((channel, refused) -> ruleOf(channel)
                .filter(rule -> allowed.getOrDefault(rule.test(), Set.of()).contains(rule.idOf(channel)))
                .<ChannelDecision>map(_ -> new Allowed())
                .orElse(refused));
        return decisions;
    }

    private Optional<Rule> ruleOf(String channel) {
        return canBe(channel)
                ? rules.stream().filter(rule -> rule.matches(channel)).findFirst()
                : Optional.empty();
    }

    private static Reason withoutRule(String channel) {
        if (PUBLIC.contains(channel)) {
            return Reason.PUBLIC;
        }
        return canBe(channel) ? Reason.UNKNOWN : Reason.MALFORMED;
    }

    private static boolean canBe(String channel) {
        try {
            var _ = ChannelNames.checked("channel_name", channel);
            return true;
        } catch (InvalidFieldException e) {
            return false;
        }
    }
}
