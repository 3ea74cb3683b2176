package com.threadly.gateway.channels;

import static com.threadly.common.push.Channels.CATEGORY_PREFIX;
import static com.threadly.common.push.Channels.CONVERSATION_PREFIX;
import static com.threadly.common.push.Channels.GLOBAL_ANNOUNCEMENTS;
import static com.threadly.common.push.Channels.ORDER_PREFIX;
import static com.threadly.common.push.Channels.PRODUCT_PREFIX;
import static com.threadly.common.push.Channels.SEARCH_PREFIX;
import static com.threadly.common.push.Channels.STATUS_UPDATES;
import static com.threadly.common.push.Channels.USER_PREFIX;
import static com.threadly.common.push.Channels.USER_PRESENCE_PREFIX;

import com.threadly.gateway.channels.Decision.Allowed;
import com.threadly.gateway.channels.Decision.Reason;
import com.threadly.gateway.channels.Decision.Refused;
import com.threadly.gateway.identity.User;
import java.util.List;
import java.util.Set;
import java.util.function.BiPredicate;

/** Who may subscribe to what. What no rule names is refused. */
final class ChannelRules {

    private record Rule(String prefix, BiPredicate<User, String> allows) {}

    private static final Set<String> PUBLIC = Set.of(GLOBAL_ANNOUNCEMENTS, STATUS_UPDATES);

    private static final List<Rule> RULES = List.of(
            new Rule(USER_PREFIX, (user, id) -> id.equals(user.id())),
            new Rule(CONVERSATION_PREFIX, (user, id) -> user.conversations().contains(id)),
            new Rule(ORDER_PREFIX, (user, id) -> user.orders().contains(id)),
            new Rule(PRODUCT_PREFIX, ChannelRules::anySignedInUser),
            new Rule(CATEGORY_PREFIX, ChannelRules::anySignedInUser),
            new Rule(SEARCH_PREFIX, ChannelRules::anySignedInUser),
            new Rule(USER_PRESENCE_PREFIX, ChannelRules::anySignedInUser));

    private ChannelRules() {}

    static Decision decide(User user, String channel) {
        if (PUBLIC.contains(channel)) {
            return new Refused(Reason.PUBLIC);
        }
        for (Rule rule : RULES) {
            if (channel.startsWith(rule.prefix())
                    && channel.length() > rule.prefix().length()) {
                String id = channel.substring(rule.prefix().length());
                return rule.allows().test(user, id) ? new Allowed() : new Refused(Reason.NOT_YOURS);
            }
        }
        return new Refused(Reason.UNKNOWN);
    }

    private static boolean anySignedInUser(User user, String id) {
        return true;
    }
}
