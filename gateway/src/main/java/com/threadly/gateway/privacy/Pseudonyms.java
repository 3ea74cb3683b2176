package com.threadly.gateway.privacy;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Names of users on presence channels that tell their members nothing: the same for a user on one channel, another one
 * on each channel. Only the gateway reads them back, from Pusher's webhooks.
 *
 * <p>Deterministic authenticated encryption after SIV (RFC 5297): the start of the counter is a keyed digest of channel
 * and id. Pusher takes ids of up to 128 characters, so those of users have at most 84 bytes; shorter ones are padded to
 * them, as a name's length would tell the id's.
 */
public final class Pseudonyms {

    private static final String MAC = "HmacSHA256";
    private static final int TAG_BYTES = 12;
    private static final int BLOCK_BYTES = 16;
    private static final int MAX_ID_BYTES = 84;

    private final byte[] digestKey;
    private final byte[] cipherKey;

    /** @param secret the app's, which all gateways share */
    public Pseudonyms(String secret) {
        byte[] key = digest(secret.getBytes(StandardCharsets.UTF_8), "threadly presence pseudonyms");
        this.digestKey = digest(key, "digest");
        this.cipherKey = digest(key, "cipher");
    }

    /** The user's name on {@code channel}; empty when the id is too long for one. */
    public Optional<String> of(String channel, String userId) {
        byte[] id = userId.getBytes(StandardCharsets.UTF_8);
        if (id.length > MAX_ID_BYTES) {
            return Optional.empty();
        }
        byte[] tag = tag(channel, userId);
        byte[] name = Arrays.copyOf(tag, TAG_BYTES + MAX_ID_BYTES);
        byte[] padded = Arrays.copyOf(id, MAX_ID_BYTES);
        System.arraycopy(crypt(Cipher.ENCRYPT_MODE, tag, padded), 0, name, TAG_BYTES, MAX_ID_BYTES);
        return Optional.of(Base64.getUrlEncoder().withoutPadding().encodeToString(name));
    }

    /** The user whose name on {@code channel} is {@code name}; empty when it is nobody's. */
    public Optional<String> reveal(String channel, String name) {
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(name);
            if (bytes.length <= TAG_BYTES) {
                return Optional.empty();
            }
            byte[] tag = Arrays.copyOf(bytes, TAG_BYTES);
            byte[] id = crypt(Cipher.DECRYPT_MODE, tag, Arrays.copyOfRange(bytes, TAG_BYTES, bytes.length));
            String userId = new String(id, 0, withoutPadding(id), StandardCharsets.UTF_8);
            return MessageDigest.isEqual(tag, tag(channel, userId)) ? Optional.of(userId) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Ids have no NUL. Names of earlier releases have no padding. */
    private static int withoutPadding(byte[] id) {
        int length = id.length;
        while (length > 0 && id[length - 1] == 0) {
            length--;
        }
        return length;
    }

    private byte[] tag(String channel, String userId) {
        return Arrays.copyOf(digest(digestKey, channel + "\n" + userId), TAG_BYTES);
    }

    private byte[] crypt(int mode, byte[] tag, byte[] text) {
        try {
            Cipher cipher = Cipher.getInstance("AES/CTR/NoPadding");
            cipher.init(
                    mode, new SecretKeySpec(cipherKey, "AES"), new IvParameterSpec(Arrays.copyOf(tag, BLOCK_BYTES)));
            return cipher.doFinal(text);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has AES", e);
        }
    }

    private static byte[] digest(byte[] key, String text) {
        try {
            Mac mac = Mac.getInstance(MAC);
            mac.init(new SecretKeySpec(key, MAC));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has " + MAC, e);
        }
    }
}
