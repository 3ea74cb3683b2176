package com.threadly.gateway.limits;

import com.threadly.runtime.settings.Setting;
import com.threadly.runtime.settings.Settings;

/**
 * How often one may ask.
 *
 * @param perUser requests a second of one user
 * @param perAddress requests a second from one address; Pusher's webhooks do not count
 */
public record LimitSettings(int perUser, int perAddress) {

    static final Setting<Integer> PER_USER = Setting.integer(
                    "RATE_LIMIT_USER",
                    1,
                    1_000_000,
                    "Requests a second of one user, five seconds' worth at once; each process counts for itself.")
            .orElse("20");
    static final Setting<Integer> PER_ADDRESS = Setting.integer(
                    "RATE_LIMIT_ADDRESS",
                    1,
                    1_000_000,
                    "Requests a second from one address, five seconds' worth at once; many users may share one, an"
                            + " IPv6 /64 is one, and webhooks do not count.")
            .orElse("200");

    public static LimitSettings from(Settings settings) {
        return new LimitSettings(settings.get(PER_USER), settings.get(PER_ADDRESS));
    }
}
