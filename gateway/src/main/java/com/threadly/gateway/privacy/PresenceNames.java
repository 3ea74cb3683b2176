package com.threadly.gateway.privacy;

import com.pusher.rest.data.PresenceUser;
import com.threadly.events.ChannelNames;
import com.threadly.gateway.identity.User;
import com.threadly.runtime.retry.UnavailableException;
import java.util.Optional;
import java.util.Set;

/** As whom a user appears to the other members of a presence channel. */
public final class PresenceNames {

    /** What members see of each other. */
    public enum Shown {
        IDS,
        PSEUDONYMS,
        /** Pusher needs a name per member, so nobody is one. */
        NOTHING
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

    /**
     * Whether {@code user} may be a member of {@code channel}. Of their own they may, so that Pusher notices when they
     * leave, unless they appear offline: others there would see somebody come and go.
     */
    public boolean admits(String channel, User user, boolean appearsOffline) {
        return isOwn(channel, user.id()) ? !appearsOffline : shown != Shown.NOTHING;
    }

    /** Whether it is the channel on which {@code userId} is looked at by others. */
    public static boolean isOwn(String channel, String userId) {
        return channel.equals(ChannelNames.USER_PRESENCE_PREFIX + userId);
    }

    /** Whether members are told who else is on their channel. */
    public boolean areShown() {
        return shown != Shown.NOTHING;
    }

    /** Whether {@code user} wants to appear offline; also while their settings cannot be read. */
    public boolean appearsOffline(User user) {
        try {
            return !settings.appearingOffline(Set.of(user.id())).isEmpty();
        } catch (UnavailableException e) {
            return true;
        }
    }

    /** The member as whom {@code user} enters {@code channel}; empty when the id is too long for a pseudonym. */
    public Optional<PresenceUser> member(String channel, User user, boolean appearsOffline) {
        return isPseudonym(channel, user.id(), appearsOffline)
                ? pseudonyms.of(channel, user.id()).map(PresenceUser::new)
                : Optional.of(new PresenceUser(user.id(), user.info()));
    }

    /** The name of {@code userId} for the other members; empty when there is none. */
    public Optional<String> name(String channel, String userId, Set<String> appearingOffline) {
        return isPseudonym(channel, userId, appearingOffline.contains(userId))
                ? pseudonyms.of(channel, userId)
                : Optional.of(userId);
    }

    /** Nobody is told who looks at a user, whatever is shown of members. */
    private boolean isPseudonym(String channel, String userId, boolean appearsOffline) {
        boolean looking = channel.startsWith(ChannelNames.USER_PRESENCE_PREFIX) && !isOwn(channel, userId);
        return shown == Shown.PSEUDONYMS || appearsOffline || looking;
    }

    /** Whose {@code name} on {@code channel} it is, according to a webhook of Pusher. */
    public String userId(String channel, String name) {
        return pseudonyms.reveal(channel, name).orElse(name);
    }

    public Set<String> appearingOffline(Set<String> userIds) throws UnavailableException {
        return settings.appearingOffline(userIds);
    }
}
