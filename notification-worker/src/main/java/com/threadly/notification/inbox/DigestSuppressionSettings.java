package com.threadly.notification.inbox;

import com.threadly.runtime.settings.Setting;
import com.threadly.runtime.settings.Settings;
import java.time.Duration;
import java.util.Locale;

/**
 * To whom a digest is not pushed.
 *
 * @param readingWithin a user who read one of the conversation's digests within this time counts as reading it
 */
public record DigestSuppressionSettings(QuietFor quietFor, Duration readingWithin) {

    /** Whose digests are stored but not pushed. */
    public enum QuietFor {
        NOBODY,
        /** Users who have just read the conversation. */
        READERS,
        /** Those, and users online by user-presence: they see the message itself. */
        ONLINE
    }

    public static final Setting<QuietFor> QUIET_FOR = Setting.parsed(
                    "DIGEST_QUIET_FOR",
                    "Whose message digests are stored but not pushed: nobody; readers: users who read a digest of the"
                            + " conversation within DIGEST_READING_WITHIN; online: readers, and users who are ONLINE"
                            + " in user-presence.",
                    DigestSuppressionSettings::quietFor,
                    QuietFor.NOBODY)
            .orElse("nobody");
    public static final Setting<Duration> READING_WITHIN = Setting.duration(
                    "DIGEST_READING_WITHIN",
                    Duration.ZERO,
                    Duration.ofDays(1),
                    "A user who read one of the conversation's digests within this time counts as reading it.")
            .orElse("30s");

    public static DigestSuppressionSettings from(Settings settings) {
        return new DigestSuppressionSettings(settings.get(QUIET_FOR), settings.get(READING_WITHIN));
    }

    /** Whether to read user-presence. */
    public boolean usesPresence() {
        return quietFor == QuietFor.ONLINE;
    }

    private static QuietFor quietFor(String text) {
        try {
            return QuietFor.valueOf(text.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("expected nobody, readers or online", e);
        }
    }
}
