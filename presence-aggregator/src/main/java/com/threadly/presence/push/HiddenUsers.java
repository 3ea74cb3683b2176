package com.threadly.presence.push;

import com.threadly.events.UserSettingsChanged;
import com.threadly.pipeline.CompactedTopic;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The users who appear offline, with the event that says so. All are known in every process: some 150 bytes each. */
public final class HiddenUsers implements CompactedTopic.Rows<UserSettingsChanged> {

    private final Map<String, UUID> choices = new ConcurrentHashMap<>();

    @Override
    public void put(String userId, @Nullable UserSettingsChanged settings) {
        if (settings == null) {
            choices.remove(userId);
        } else if (!userId.equals(settings.getUserId())) {
            // A dead letter: it changes nothing.
            return;
        } else if (settings.getAppearOffline()) {
            // An event has all settings, so a later one may have come for another.
            choices.putIfAbsent(userId, settings.getEventId());
        } else {
            choices.remove(userId);
        }
    }

    boolean contains(String userId) {
        return choices.containsKey(userId);
    }

    /** Whether it is by {@code event} that its user appears offline. */
    boolean isSinceThe(UserSettingsChanged event) {
        return event.getEventId().equals(choices.get(event.getUserId()));
    }
}
