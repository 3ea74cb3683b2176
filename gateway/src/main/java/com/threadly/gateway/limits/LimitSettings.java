package com.threadly.gateway.limits;

import com.threadly.runtime.settings.Setting;
import com.threadly.runtime.settings.Settings;

/**
 * The rate limits.
 *
 * @param perUser requests per second of one user
 * @param perAddress requests per second from one address; Pusher's webhooks do not count
 * @param channelsPerUser distinct presence channels of one user within ten minutes
 */
public record LimitSettings(int perUser, int perAddress, int channelsPerUser) {

    static final Setting<Integer> PER_USER = Setting.integer(
                    "RATE_LIMIT_USER",
                    1,
                    1_000_000,
                    "Requests per second of one user, with bursts of five seconds' worth; each channel or id beyond"
                            + " the first counts as one more, and each process counts separately.")
            .orElse("20");
    static final Setting<Integer> PER_ADDRESS = Setting.integer(
                    "RATE_LIMIT_ADDRESS",
                    1,
                    1_000_000,
                    "Requests per second from one address, with bursts of five seconds' worth; many users may share an"
                            + " address, an IPv6 /64 counts as one, and webhooks do not count.")
            .orElse("200");
    static final Setting<Integer> CHANNELS_PER_USER = Setting.integer(
                    "RATE_LIMIT_CHANNELS",
                    1,
                    10_000,
                    "Distinct presence channels that one user may name in authorizations and heartbeats within ten"
                            + " minutes; each process counts separately.")
            .orElse("200");

    public static LimitSettings from(Settings settings) {
        return new LimitSettings(settings.get(PER_USER), settings.get(PER_ADDRESS), settings.get(CHANNELS_PER_USER));
    }
}
