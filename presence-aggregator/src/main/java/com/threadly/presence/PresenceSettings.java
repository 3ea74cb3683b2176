package com.threadly.presence;

import com.threadly.common.settings.Setting;
import com.threadly.common.settings.Settings;
import com.threadly.presence.viewers.Times;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * What can be set about counting.
 *
 * @param stateDir where stores are kept over restarts, if anywhere
 */
record PresenceSettings(Times times, int threads, Optional<Path> stateDir) {

    static final Setting<Duration> WINDOW = Setting.duration(
                    "PRESENCE_WINDOW", "How far back distinct viewers are counted; a multiple of PRESENCE_ADVANCE.")
            .orElse("60s");
    static final Setting<Duration> ADVANCE = Setting.duration(
                    "PRESENCE_ADVANCE", "From the end of one window to the end of the next.")
            .orElse("10s");
    static final Setting<Duration> TIMEOUT = Setting.duration(
                    "PRESENCE_TIMEOUT",
                    "A member not seen for so long is gone, even if nothing said so; clients must be seen more often.")
            .orElse("5m");
    static final Setting<Duration> PUSH_INTERVAL = Setting.duration(
                    "PRESENCE_PUSH_INTERVAL", "A channel's count is told at most once in it.")
            .orElse("2s");
    static final Setting<Integer> THREADS = Setting.integer(
                    "PRESENCE_THREADS", 1, 64, "Threads that count; more than one helps from several cores on.")
            .orElse("1");
    static final Setting<String> STATE_DIR =
            Setting.text("STATE_DIR", "Folder of the local state, of one process only; a temporary one unless set.");

    static PresenceSettings from(Settings settings) {
        var times = new Times(
                settings.get(WINDOW), settings.get(ADVANCE), settings.get(TIMEOUT), settings.get(PUSH_INTERVAL));
        if (times.advance().isZero() || times.window().isZero()) {
            settings.reject("PRESENCE_WINDOW and PRESENCE_ADVANCE must be longer than nothing");
        } else if (times.window().toMillis() % times.advance().toMillis() != 0) {
            settings.reject("PRESENCE_WINDOW must be a multiple of PRESENCE_ADVANCE");
        }
        if (times.pushInterval().toMillis() < 50) {
            settings.reject("PRESENCE_PUSH_INTERVAL must be 50ms or more");
        }
        return new PresenceSettings(
                times, settings.get(THREADS), settings.find(STATE_DIR).map(Path::of));
    }
}
