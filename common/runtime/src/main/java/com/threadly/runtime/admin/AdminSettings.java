package com.threadly.runtime.admin;

import com.threadly.runtime.settings.Setting;
import com.threadly.runtime.settings.Settings;

/**
 * The address of the admin port.
 *
 * @param port 0 for any free one
 */
public record AdminSettings(String host, int port) {

    private static final Setting<String> HOST = Setting.text("ADMIN_HOST", "Address that the admin port listens on.")
            .orElse("0.0.0.0");
    private static final Setting<Integer> PORT = Setting.integer(
                    "ADMIN_PORT", 0, 65_535, "Port for health and metrics; 0 selects any free port.")
            .orElse("8081");

    public static AdminSettings from(Settings settings) {
        return new AdminSettings(settings.get(HOST), settings.get(PORT));
    }
}
