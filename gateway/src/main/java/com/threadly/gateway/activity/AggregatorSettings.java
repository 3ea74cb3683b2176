package com.threadly.gateway.activity;

import com.threadly.runtime.settings.Setting;
import com.threadly.runtime.settings.Settings;
import java.net.URI;
import java.util.Optional;

/** How to reach the presence aggregator. */
public record AggregatorSettings(Optional<URI> aggregator) {

    static final Setting<URI> URL = Setting.uri(
            "PRESENCE_URL",
            "Base address of the presence aggregators' admin port; any of them answers for all. If unset, presence"
                    + " queries return 404.");

    public static AggregatorSettings from(Settings settings) {
        return new AggregatorSettings(settings.find(URL));
    }
}
