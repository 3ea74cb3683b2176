package com.threadly.notification.rule;

import com.threadly.events.AnnouncementPublished;
import com.threadly.events.ChannelNames;

/** Announcements of the back office: pushed to public channels, without a row per user. */
final class AnnouncementRule {

    private final PushEvents payloads;

    AnnouncementRule(PushEvents payloads) {
        this.payloads = payloads;
    }

    Decision decide(AnnouncementPublished announcement) {
        return switch (announcement.getKind()) {
            case UNKNOWN -> new Decision.Skip("unknown_kind");
            case ANNOUNCEMENT -> to(ChannelNames.GLOBAL_ANNOUNCEMENTS, "announcement", announcement);
            case STATUS_UPDATE -> to(ChannelNames.STATUS_UPDATES, "status-update", announcement);
        };
    }

    private Decision to(String channel, String eventName, AnnouncementPublished announcement) {
        ChannelNames.checked("announcementId", announcement.getAnnouncementId());
        return new Decision.Announce(
                announcement.getEventId(), payloads.announcement(channel, eventName, announcement));
    }
}
