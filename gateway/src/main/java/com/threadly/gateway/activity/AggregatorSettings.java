package com.threadly.gateway.activity;

import com.threadly.runtime.settings.Setting;
import com.threadly.runtime.settings.Settings;
import java.net.URI;
import java.util.Optional;

/** Whom to ask who is there. */
public record AggregatorSettings(Optional<URI> aggregator) {

    static final Setting<URI> URL = Setting.uri(
            "PRESENCE_URL",
            "Base address of the presence aggregators' admin port; any of them answers for all. Without it, asking for presence"
                    + " gives 404.");

    public static AggregatorSettings from(Settings settings) {
        return new AggregatorSettings(settings.find(URL));
    }
}
