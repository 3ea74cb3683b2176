package com.threadly.presence.viewers;

import com.threadly.presence.signal.PresenceSignal;
import java.time.Duration;

/**
 * The durations that determine counts. Hopping windows: one of length {@code window} ends at each multiple of {@code
 * advance}. They are stored as panes of one advance, so an event is written into one pane, regardless of how many
 * windows contain it.
 *
 * @param window length of a window, a multiple of {@code advance}
 * @param advance from one window to the next
 * @param timeout a member not seen for this long is gone
 * @param pushInterval minimum time between two counts of a channel
 */
public record ViewerTimings(Duration window, Duration advance, Duration timeout, Duration pushInterval) {

    /** The current window: the one whose last pane is being filled at {@code now}. */
    Window windowAt(long now) {
        long end = paneOf(now) + advance.toMillis();
        return new Window(end - window.toMillis(), end);
    }

    /** Start of the pane that contains {@code at}. */
    long paneOf(long at) {
        return at - Math.floorMod(at, advance.toMillis());
    }

    /** When the pane is no longer part of the current window. */
    long paneOverAt(long paneStart) {
        return paneStart + window.toMillis();
    }

    /** Whether the signal can still change who is present or was seen in the window. */
    boolean matters(PresenceSignal signal, long now) {
        return goneAt(signal.at()) > now
                || (signal.here() && signal.at() >= windowAt(now).start());
    }

    /** When a member last seen at {@code at} is gone, unless there is another signal. */
    long goneAt(long at) {
        return at + timeout.toMillis();
    }

    /** When a member with its last signal at {@code at} may be forgotten: nothing older matters from then on. */
    long forgottenAt(long at) {
        return at + Math.max(timeout.toMillis(), window.toMillis());
    }

    /** When the next count may follow one of {@code at}. */
    long nextCountAt(long at) {
        return at + pushInterval.toMillis();
    }
}
