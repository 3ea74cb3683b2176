package com.threadly.events;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The channels of the system and their names. Pusher allows at most 164 characters from {@code A-Za-z0-9_-=@,.;}.
 */
public final class ChannelNames {

    public static final String GLOBAL_ANNOUNCEMENTS = "global-announcements";
    public static final String STATUS_UPDATES = "status-updates";

    public static final String CONVERSATION_PREFIX = "private-conversation-";
    /** As {@link #CONVERSATION_PREFIX}, but end-to-end encrypted: Pusher cannot read it. */
    public static final String ENCRYPTED_CONVERSATION_PREFIX = "private-encrypted-conversation-";

    /** The members of a conversation that somebody has left: {@link MembersChannel}. */
    public static final String MEMBERS_PREFIX = "private-members-";
    /** As {@link #MEMBERS_PREFIX}, but end-to-end encrypted. */
    public static final String ENCRYPTED_MEMBERS_PREFIX = "private-encrypted-members-";

    public static final String USER_PREFIX = "private-user-";
    /** As {@link #USER_PREFIX}, but end-to-end encrypted. */
    public static final String ENCRYPTED_USER_PREFIX = "private-encrypted-user-";

    public static final String ORDER_PREFIX = "private-order-";
    public static final String PRODUCT_PREFIX = "presence-product-";
    public static final String CATEGORY_PREFIX = "presence-category-";
    public static final String SEARCH_PREFIX = "presence-search-";
    public static final String USER_PRESENCE_PREFIX = "presence-user-";

    /** Counts of a presence channel: the rest of its name follows. */
    public static final String VIEWERS_PREFIX = "private-cache-viewers-";
    /** Whether a user is online. */
    public static final String STATUS_PREFIX = "private-cache-status-";

    private static final String PRESENCE = "presence-";
    private static final List<String> COUNTED_PREFIXES = List.of(PRODUCT_PREFIX, CATEGORY_PREFIX, SEARCH_PREFIX);
    private static final List<String> PRESENCE_PREFIXES =
            List.of(PRODUCT_PREFIX, CATEGORY_PREFIX, SEARCH_PREFIX, USER_PRESENCE_PREFIX);

    private static final int MAX_LENGTH = 164;
    /** Indexed by character. Every event is checked, and this is much faster than a pattern. */
    private static final boolean[] ALLOWED =
            table("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-=@,.;");

    private ChannelNames() {}

    /** Members of the conversation. */
    public static String conversation(String conversationId) {
        return named(CONVERSATION_PREFIX, "conversationId", conversationId);
    }

    /** Members of the conversation, end-to-end encrypted. */
    public static String encryptedConversation(String conversationId) {
        return named(ENCRYPTED_CONVERSATION_PREFIX, "conversationId", conversationId);
    }

    /** The present members of a conversation that somebody has left. */
    public static String members(MembersChannel channel) {
        return named(MEMBERS_PREFIX, "conversationId", channel.id());
    }

    /** As {@link #members}, end-to-end encrypted. */
    public static String encryptedMembers(MembersChannel channel) {
        return named(ENCRYPTED_MEMBERS_PREFIX, "conversationId", channel.id());
    }

    /** One user; {@code field} names the event field that holds the id, which also fits the encrypted channel. */
    public static String user(String field, String userId) {
        return USER_PREFIX + encryptedUser(field, userId).substring(ENCRYPTED_USER_PREFIX.length());
    }

    /** One user, end-to-end encrypted; {@code field} names the event field that holds the id. */
    public static String encryptedUser(String field, String userId) {
        return named(ENCRYPTED_USER_PREFIX, field, userId);
    }

    /** Buyer and seller of the order. */
    public static String order(String orderId) {
        return named(ORDER_PREFIX, "orderId", orderId);
    }

    /** Anyone who wants to know whether the user is online. */
    public static String userPresence(String userId) {
        return named(USER_PRESENCE_PREFIX, "userId", userId);
    }

    /** Whoever may know whether the user is online; the latest status comes with the subscription. */
    public static String status(String userId) {
        return named(STATUS_PREFIX, "userId", userId);
    }

    /**
     * Anyone who wants to know how many view {@code channel}, a product, category or search; the latest count comes
     * with the subscription. Empty when the name would be too long.
     */
    public static Optional<String> viewersOf(String channel) {
        String name = VIEWERS_PREFIX + channel.substring(Math.min(PRESENCE.length(), channel.length()));
        return isCounted(channel) && name.length() <= MAX_LENGTH ? Optional.of(name) : Optional.empty();
    }

    /** The channel whose viewers {@code name}, which may be any text, tells of. */
    public static Optional<String> viewedBy(String name) {
        return Optional.of(name)
                .filter(viewers -> viewers.startsWith(VIEWERS_PREFIX) && viewers.length() <= MAX_LENGTH)
                .map(viewers -> PRESENCE + viewers.substring(VIEWERS_PREFIX.length()))
                .filter(ChannelNames::isPresence)
                .filter(ChannelNames::isCounted);
    }

    /** Whether viewers of {@code channel} are counted. */
    public static boolean isCounted(String channel) {
        return COUNTED_PREFIXES.stream().anyMatch(channel::startsWith);
    }

    /** Anyone viewing the results of a search; the query may be any text. */
    public static String search(String query) {
        return named(SEARCH_PREFIX, "query", encoded(query));
    }

    /**
     * Validates a channel name from outside.
     *
     * @throws InvalidFieldException when it is not a valid name
     */
    public static String checked(String field, String channel) {
        return named("", field, channel);
    }

    /** Whether {@code channel}, which may be any text, is the name of a presence channel. */
    public static boolean isPresence(String channel) {
        return channel.length() <= MAX_LENGTH
                && isAllowed(channel)
                && PRESENCE_PREFIXES.stream()
                        .anyMatch(prefix -> channel.startsWith(prefix) && channel.length() > prefix.length());
    }

    /**
     * Encodes any text in Pusher's alphabet, reversibly and deterministically: letters, digits, {@code _ - . , ;} and
     * {@code @} stay as they are; every other byte of the UTF-8 form becomes {@code =HH}.
     */
    static String encoded(String text) {
        var name = new StringBuilder(text.length());
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xff);
            if (c != '=' && isAllowed(c)) {
                name.append(c);
            } else {
                name.append('=').append(String.format(Locale.ROOT, "%02X", (int) c));
            }
        }
        return name.toString();
    }

    private static boolean[] table(String characters) {
        var table = new boolean[1 + characters.chars().max().orElseThrow()];
        characters.chars().forEach(c -> table[c] = true);
        return table;
    }

    private static boolean isAllowed(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (!isAllowed(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isAllowed(char c) {
        return c < ALLOWED.length && ALLOWED[c];
    }

    private static String named(String prefix, String field, String id) {
        if (id.isEmpty()) {
            throw new InvalidFieldException(field, "is empty");
        }
        if (prefix.length() + id.length() > MAX_LENGTH) {
            throw new InvalidFieldException(
                    field, String.format(Locale.ROOT, "makes a channel name of more than %d characters", MAX_LENGTH));
        }
        if (!isAllowed(id)) {
            throw new InvalidFieldException(field, "has a character that no channel name may have");
        }
        return prefix + id;
    }
}
