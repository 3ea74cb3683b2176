package com.threadly.presence;

import com.threadly.presence.users.StatusTimings;
import com.threadly.presence.viewers.ViewerTimings;
import com.threadly.runtime.settings.Setting;
import com.threadly.runtime.settings.Settings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.streams.state.HostInfo;

/**
 * The settings of presence.
 *
 * @param standbys copies of each state in other processes
 * @param stateDir where stores survive restarts, if set
 * @param address where other processes reach this one's admin port, if set
 */
record PresenceSettings(
        ViewerTimings times,
        StatusTimings userTimes,
        int threads,
        int standbys,
        Optional<Path> stateDir,
        Optional<HostInfo> address) {

    static final Setting<Duration> WINDOW = Setting.duration(
                    "PRESENCE_WINDOW",
                    Duration.ofMillis(1),
                    Duration.ofDays(7),
                    "Window for counting distinct viewers: a multiple of PRESENCE_ADVANCE, at most 1000 of them.")
            .orElse("60s");
    static final Setting<Duration> ADVANCE = Setting.duration(
                    "PRESENCE_ADVANCE",
                    Duration.ofMillis(1),
                    Duration.ofDays(7),
                    "From the end of one window to the end of the next.")
            .orElse("10s");
    static final Setting<Duration> TIMEOUT = Setting.duration(
                    "PRESENCE_TIMEOUT",
                    Duration.ofMillis(1),
                    Duration.ofDays(7),
                    "A member not seen for this long counts as gone, even without an event; clients must send signals"
                            + " more often.")
            .orElse("5m");
    static final Setting<Duration> PUSH_INTERVAL = Setting.duration(
                    "PRESENCE_PUSH_INTERVAL",
                    Duration.ofMillis(50),
                    Duration.ofHours(1),
                    "Minimum time between two counts of a channel, at least 50ms.")
            .orElse("2s");
    static final Setting<Duration> AWAY_AFTER = Setting.duration(
                    "AWAY_AFTER",
                    Duration.ZERO,
                    Duration.ofDays(7),
                    "A user not active for this long is away, even without an event.")
            .orElse("2m");
    static final Setting<Duration> OFFLINE_AFTER = Setting.duration(
                    "OFFLINE_AFTER",
                    Duration.ZERO,
                    Duration.ofDays(7),
                    "A user on no channel for this long is offline; longer than a page reload takes.")
            .orElse("30s");
    static final Setting<Duration> FORGET_AFTER = Setting.duration(
                    "FORGET_AFTER",
                    Duration.ZERO,
                    Duration.ofDays(3_650),
                    "A user not seen for this long is forgotten, and removed from user-presence.")
            .orElse("30d");
    static final Setting<Integer> THREADS = Setting.integer(
                    "PRESENCE_THREADS",
                    1,
                    64,
                    "Counting threads per process; more than one helps only with several cores.")
            .orElse("1");
    static final Setting<Integer> STANDBYS = Setting.integer(
                    "PRESENCE_STANDBYS", 0, 8, "Copies of each state in other processes, for a fast failover.")
            .orElse("0");
    static final Setting<String> STATE_DIR = Setting.text(
            "STATE_DIR",
            "Folder for the local state, used by one process only; a temporary one if unset. With it, a restart reads"
                    + " only what it missed.");
    static final Setting<HostInfo> ADDRESS = Setting.parsed(
            "ADMIN_ADVERTISED_ADDRESS",
            "host:port at which other processes reach this one's admin port; if unset, this machine's address and"
                    + " ADMIN_PORT.",
            PresenceSettings::hostInfo,
            HostInfo.unavailable());

    /** Each channel stores one number per pane. */
    private static final int MAX_PANES = 1_000;

    static PresenceSettings from(Settings settings) {
        var times = new ViewerTimings(
                settings.get(WINDOW), settings.get(ADVANCE), settings.get(TIMEOUT), settings.get(PUSH_INTERVAL));
        if (times.window().dividedBy(times.advance()) > MAX_PANES) {
            settings.reject(
                    String.format(Locale.ROOT, "PRESENCE_WINDOW must be at most %d times PRESENCE_ADVANCE", MAX_PANES));
        } else if (times.window().toMillis() % times.advance().toMillis() != 0) {
            settings.reject("PRESENCE_WINDOW must be a multiple of PRESENCE_ADVANCE");
        }
        return new PresenceSettings(
                times,
                new StatusTimings(
                        times.timeout(),
                        settings.get(AWAY_AFTER),
                        settings.get(OFFLINE_AFTER),
                        settings.get(FORGET_AFTER)),
                settings.get(THREADS),
                settings.get(STANDBYS),
                settings.find(STATE_DIR).map(Path::of),
                settings.find(ADDRESS));
    }

    private static HostInfo hostInfo(String text) {
        HostInfo host;
        try {
            host = HostInfo.buildFromEndpoint(text);
        } catch (ConfigException e) {
            throw new IllegalArgumentException("expected host:port", e);
        }
        if (host == null) {
            throw new IllegalArgumentException("expected host:port");
        }
        return host;
    }
}
