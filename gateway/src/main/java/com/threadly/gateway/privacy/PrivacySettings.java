package com.threadly.gateway.privacy;

import com.threadly.runtime.settings.Setting;
import com.threadly.runtime.settings.Settings;

/**
 * What the deployment shows of its users.
 *
 * @param shown what members of a presence channel see of each other
 */
public record PrivacySettings(PresenceNames.Shown shown) {

    static final Setting<PresenceNames.Shown> MEMBERS = Setting.parsed(
                    "PRESENCE_MEMBERS",
                    "What members of a presence channel see of each other: ids, with the claims of AUTH_USER_INFO_CLAIMS;"
                            + " pseudonyms, which differ per channel; or nothing, as presence channels admit nobody.",
                    text -> switch (text) {
                        case "ids" -> PresenceNames.Shown.IDS;
                        case "pseudonyms" -> PresenceNames.Shown.PSEUDONYMS;
                        case "nothing" -> PresenceNames.Shown.NOTHING;
                        default -> throw new IllegalArgumentException("expected ids, pseudonyms or nothing");
                    },
                    PresenceNames.Shown.IDS)
            .orElse("ids");

    public static PrivacySettings from(Settings settings) {
        return new PrivacySettings(settings.get(MEMBERS));
    }
}
