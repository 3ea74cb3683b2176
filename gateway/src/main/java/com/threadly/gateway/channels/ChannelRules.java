package com.threadly.gateway.channels;

import static com.threadly.events.ChannelNames.CATEGORY_PREFIX;
import static com.threadly.events.ChannelNames.CONVERSATION_PREFIX;
import static com.threadly.events.ChannelNames.ENCRYPTED_CONVERSATION_PREFIX;
import static com.threadly.events.ChannelNames.ENCRYPTED_MEMBERS_PREFIX;
import static com.threadly.events.ChannelNames.ENCRYPTED_USER_PREFIX;
import static com.threadly.events.ChannelNames.GLOBAL_ANNOUNCEMENTS;
import static com.threadly.events.ChannelNames.MEMBERS_PREFIX;
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
import com.threadly.events.MembersChannel;
import com.threadly.gateway.access.Access;
import com.threadly.gateway.channels.ChannelDecision.Allowed;
import com.threadly.gateway.channels.ChannelDecision.Reason;
import com.threadly.gateway.channels.ChannelDecision.Refused;
import com.threadly.gateway.identity.User;
import com.threadly.runtime.retry.UnavailableException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
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

    /** The channel of a conversation while nobody has left, and how later ones are called. */
    private static final Map<String, Function<MembersChannel, String>> FIRST_CHANNELS = Map.of(
            CONVERSATION_PREFIX, ChannelNames::members,
            ENCRYPTED_CONVERSATION_PREFIX, ChannelNames::encryptedMembers);

    private final List<Rule> rules;
    private final Access access;

    /**
     * @param encrypting whether there are end-to-end encrypted channels, whose secret derives from the app's master key
     */
    public ChannelRules(Access access, boolean encrypting) {
        Test participants = access::conversationsOf;
        Test acquaintances = access::acquaintancesOf;
        Test members = (user, ids) -> membersChannels(access, user, ids);
        Test themselves = (user, ids) -> ids.contains(user.id()) ? Set.of(user.id()) : Set.of();
        var rules = Stream.of(
                new Rule(USER_PREFIX, themselves),
                new Rule(CONVERSATION_PREFIX, participants),
                new Rule(ORDER_PREFIX, access::ordersOf),
                new Rule(PRODUCT_PREFIX, ANY_SIGNED_IN_USER),
                new Rule(CATEGORY_PREFIX, ANY_SIGNED_IN_USER),
                new Rule(SEARCH_PREFIX, ANY_SIGNED_IN_USER),
                new Rule(VIEWERS_PREFIX + "product-", ANY_SIGNED_IN_USER),
                new Rule(VIEWERS_PREFIX + "category-", ANY_SIGNED_IN_USER),
                new Rule(VIEWERS_PREFIX + "search-", ANY_SIGNED_IN_USER),
                new Rule(USER_PRESENCE_PREFIX, acquaintances),
                new Rule(STATUS_PREFIX, acquaintances),
                new Rule(MEMBERS_PREFIX, members));
        var encrypted = Stream.of(
                new Rule(ENCRYPTED_USER_PREFIX, themselves),
                new Rule(ENCRYPTED_CONVERSATION_PREFIX, participants),
                new Rule(ENCRYPTED_MEMBERS_PREFIX, members));
        this.rules = (encrypting ? Stream.concat(rules, encrypted) : rules).toList();
        this.access = access;
    }

    private static Set<String> membersChannels(Access access, User user, Set<String> ids) throws UnavailableException {
        Set<MembersChannel> asked = ids.stream()
                .map(MembersChannel::parse)
                .flatMap(Optional::stream)
                .collect(Collectors.toSet());
        return access.membersChannelsOf(user, asked).stream()
                .map(MembersChannel::id)
                .collect(Collectors.toSet());
    }

    /** Where the conversations go on whose channels are among {@code channels}, if somebody has left them. */
    Map<String, String> moved(User user, Collection<String> channels) throws UnavailableException {
        var moved = new HashMap<String, String>();
        for (Map.Entry<String, Function<MembersChannel, String>> first : FIRST_CHANNELS.entrySet()) {
            String prefix = first.getKey();
            Set<String> ids = channels.stream()
                    .filter(channel -> channel.startsWith(prefix))
                    .map(channel -> channel.substring(prefix.length()))
                    .collect(Collectors.toSet());
            if (!ids.isEmpty()) {
                access.movedOf(user, ids)
                        .forEach((id, key) -> named(first.getValue(), new MembersChannel(id, key))
                                .ifPresent(name -> moved.put(prefix + id, name)));
            }
        }
        return moved;
    }

    /** Empty when the conversation's id is too long for such a name. Nothing is pushed to it then. */
    private static Optional<String> named(Function<MembersChannel, String> naming, MembersChannel channel) {
        try {
            return Optional.of(naming.apply(channel));
        } catch (InvalidFieldException e) {
            return Optional.empty();
        }
    }

    /** Whether what {@code userId} types on {@code channel} is shown: who has left may still be on an earlier one. */
    public boolean mayTypeOn(String userId, String channel) throws UnavailableException {
        var user = new User(userId, Map.of(), Set.of(), Set.of());
        return decide(user, List.of(channel)).get(channel) instanceof Allowed
                && moved(user, List.of(channel)).isEmpty();
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
        if (canBe(channel)) {
            for (Rule rule : rules) {
                if (rule.matches(channel)) {
                    return Optional.of(rule);
                }
            }
        }
        return Optional.empty();
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
