package com.threadly.gateway.channels;

import static com.threadly.events.ChannelNames.CATEGORY_PREFIX;
import static com.threadly.events.ChannelNames.CONVERSATION_PREFIX;
import static com.threadly.events.ChannelNames.ENCRYPTED_CONVERSATION_PREFIX;
import static com.threadly.events.ChannelNames.GLOBAL_ANNOUNCEMENTS;
import static com.threadly.events.ChannelNames.ORDER_PREFIX;
import static com.threadly.events.ChannelNames.PRODUCT_PREFIX;
import static com.threadly.events.ChannelNames.SEARCH_PREFIX;
import static com.threadly.events.ChannelNames.STATUS_UPDATES;
import static com.threadly.events.ChannelNames.USER_PREFIX;
import static com.threadly.events.ChannelNames.USER_PRESENCE_PREFIX;

import com.threadly.events.ChannelNames;
import com.threadly.events.InvalidFieldException;
import com.threadly.gateway.access.Access;
import com.threadly.gateway.channels.ChannelDecision.Allowed;
import com.threadly.gateway.channels.ChannelDecision.Reason;
import com.threadly.gateway.channels.ChannelDecision.Refused;
import com.threadly.gateway.identity.User;
import com.threadly.runtime.retry.UnavailableException;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Who may subscribe to what. Anything without a rule is denied. */
public final class ChannelRules {

    /** Whether a user may subscribe to the channel of a prefix and {@code id}. */
    @FunctionalInterface
    private interface Test {
        boolean allows(User user, String id) throws UnavailableException;
    }

    private record Rule(String prefix, Test test) {}

    private static final Set<String> PUBLIC = Set.of(GLOBAL_ANNOUNCEMENTS, STATUS_UPDATES);

    private static final Test ANY_SIGNED_IN_USER = (_, _) -> true;

    private final List<Rule> rules;

    /**
     * @param encrypting whether there are end-to-end encrypted channels, whose secret derives from the app's master key
     */
    public ChannelRules(Access access, boolean encrypting) {
        var rules = Stream.of(
                new Rule(USER_PREFIX, (user, id) -> id.equals(user.id())),
                new Rule(CONVERSATION_PREFIX, access::participates),
                new Rule(ORDER_PREFIX, access::isParty),
                new Rule(PRODUCT_PREFIX, ANY_SIGNED_IN_USER),
                new Rule(CATEGORY_PREFIX, ANY_SIGNED_IN_USER),
                new Rule(SEARCH_PREFIX, ANY_SIGNED_IN_USER),
                new Rule(USER_PRESENCE_PREFIX, ANY_SIGNED_IN_USER));
        var encrypted = new Rule(ENCRYPTED_CONVERSATION_PREFIX, access::participates);
        this.rules = (encrypting ? Stream.concat(rules, Stream.of(encrypted)) : rules).toList();
    }

    /** @throws UnavailableException when memberships cannot be read now */
    ChannelDecision decide(User user, String channel) throws UnavailableException {
        if (PUBLIC.contains(channel)) {
            return new Refused(Reason.PUBLIC);
        }
        if (!canBe(channel)) {
            return new Refused(Reason.MALFORMED);
        }
        for (Rule rule : rules) {
            if (channel.startsWith(rule.prefix())
                    && channel.length() > rule.prefix().length()) {
                String id = channel.substring(rule.prefix().length());
                return rule.test().allows(user, id) ? new Allowed() : new Refused(Reason.NOT_YOURS);
            }
        }
        return new Refused(Reason.UNKNOWN);
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
