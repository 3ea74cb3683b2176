package com.threadly.events;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.NullMarked;

/**
 * The channel of those who are members of a conversation together. Its name follows from who they are, so nobody who is
 * not one of them has ever been authorized for it.
 *
 * @param conversationId the conversation
 * @param key identifies the set of members
 */
@NullMarked
public record MembersChannel(String conversationId, String key) {

    private static final int KEY_BYTES = 16;
    /** In Base64. */
    private static final int KEY_LENGTH = 22;

    private static final char SEPARATOR = '-';

    /** The channel of {@code memberIds}, in any order. */
    public static MembersChannel of(String conversationId, Collection<String> memberIds) {
        return new MembersChannel(conversationId, keyOf(memberIds));
    }

    /** The inverse of {@link #id()}; empty when {@code text} is no such id. */
    public static Optional<MembersChannel> parse(String text) {
        return text.length() > KEY_LENGTH + 1 && text.charAt(KEY_LENGTH) == SEPARATOR
                ? Optional.of(new MembersChannel(text.substring(KEY_LENGTH + 1), text.substring(0, KEY_LENGTH)))
                : Optional.empty();
    }

    /** What follows the prefix in the channel's name. */
    public String id() {
        return key + SEPARATOR + conversationId;
    }

    /** Identifies a set of members; 22 characters that a channel name may have. */
    private static String keyOf(Collection<String> memberIds) {
        MessageDigest digest = sha256();
        for (String memberId : new TreeSet<>(memberIds)) {
            byte[] bytes = memberId.getBytes(StandardCharsets.UTF_8);
            // With its length, so that no two sets give the same bytes.
            digest.update(
                    ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
            digest.update(bytes);
        }
        return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(digest.digest(), KEY_BYTES));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
