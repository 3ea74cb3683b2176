package com.threadly.gateway.privacy;

import com.pusher.rest.data.PresenceUser;
import com.threadly.gateway.identity.User;
import com.threadly.runtime.retry.UnavailableException;
import java.util.Optional;
import java.util.Set;

/** As whom a user appears to the other members of a presence channel. */
public final class PresenceNames {

    /** What members see of each other. */
    public enum Shown {
        IDS,
        PSEUDONYMS
    }

    /** Those who appear as pseudonyms whatever others do. */
    @FunctionalInterface
    public interface OfflineReader {
        /** Those of {@code userIds} who want to appear offline. */
        Set<String> appearingOffline(Set<String> userIds) throws UnavailableException;
    }

    private final Shown shown;
    private final Pseudonyms pseudonyms;
    private final OfflineReader settings;

    public PresenceNames(Shown shown, Pseudonyms pseudonyms, OfflineReader settings) {
        this.shown = shown;
        this.pseudonyms = pseudonyms;
        this.settings = settings;
    }

    /** Whether others see {@code user} as a pseudonym; also while the user's settings cannot be read. */
    public boolean isHidden(User user) {
        try {
            return shown == Shown.PSEUDONYMS
                    || !settings.appearingOffline(Set.of(user.id())).isEmpty();
        } catch (UnavailableException e) {
            return true;
        }
    }

    /** The member as whom {@code user} enters {@code channel}; empty when the id is too long for a pseudonym. */
    public Optional<PresenceUser> member(String channel, User user, boolean hidden) {
        return hidden
                ? pseudonyms.of(channel, user.id()).map(PresenceUser::new)
                : Optional.of(new PresenceUser(user.id(), user.info()));
    }

    /** The name of {@code userId} for the other members; empty when there is none. */
    public Optional<String> name(String channel, String userId, Set<String> appearingOffline) {
        return shown == Shown.PSEUDONYMS || appearingOffline.contains(userId)
                ? pseudonyms.of(channel, userId)
                : Optional.of(userId);
    }

    /** Whose {@code name} on {@code channel} it is, according to a webhook of Pusher. */
    public String userId(String channel, String name) {
        return pseudonyms.reveal(channel, name).orElse(name);
    }

    public Set<String> appearingOffline(Set<String> userIds) throws UnavailableException {
        return settings.appearingOffline(userIds);
    }
}
