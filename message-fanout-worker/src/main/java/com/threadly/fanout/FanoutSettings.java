package com.threadly.fanout;

import com.threadly.runtime.settings.Setting;
import com.threadly.runtime.settings.Settings;

/**
 * What concerns conversations only.
 *
 * @param conversationRate events a second that one conversation may have; more are slowed, not dropped
 */
record FanoutSettings(int conversationRate) {

    static final Setting<Integer> CONVERSATION_RATE = Setting.integer(
                    "CONVERSATION_RATE",
                    1,
                    1_000_000,
                    "Events a second pushed to one conversation, a second's worth at once; a flood is slowed to it, not dropped.")
            .orElse("1000");

    static FanoutSettings from(Settings settings) {
        return new FanoutSettings(settings.get(CONVERSATION_RATE));
    }
}
