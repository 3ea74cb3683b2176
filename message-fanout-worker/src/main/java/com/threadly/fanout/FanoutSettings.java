package com.threadly.fanout;

import com.threadly.runtime.settings.Setting;
import com.threadly.runtime.settings.Settings;

/**
 * Settings of conversations.
 *
 * @param conversationRate events per second of one conversation; more are delayed, not dropped
 */
record FanoutSettings(int conversationRate) {

    static final Setting<Integer> CONVERSATION_RATE = Setting.integer(
                    "CONVERSATION_RATE",
                    1,
                    1_000_000,
                    "Events per second pushed to one conversation, with bursts of one second's worth; more are"
                            + " delayed, not dropped.")
            .orElse("1000");

    static FanoutSettings from(Settings settings) {
        return new FanoutSettings(settings.get(CONVERSATION_RATE));
    }
}
