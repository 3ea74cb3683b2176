package com.threadly.presence.viewers;

import com.threadly.presence.signal.PresenceSignal;
import java.time.Duration;

/**
 * The spans that decide who counts. Windows hop: one of length {@code window} ends at each multiple of {@code advance}.
 * They are kept as panes of one advance each, so an event is written into one pane however many windows it is in.
 *
 * @param window length of a window, a multiple of {@code advance}
 * @param advance from one window to the next
 * @param timeout a member who was not seen for so long is gone
 * @param pushInterval a channel's count changes at most once in it
 */
public record ViewerTimings(Duration window, Duration advance, Duration timeout, Duration pushInterval) {

    /** The current window: the one whose last pane is being filled at {@code now}. */
    Window windowAt(long now) {
        long end = paneOf(now) + advance.toMillis();
        return new Window(end - window.toMillis(), end);
    }

    /** Start of the pane that {@code at} falls into. */
    long paneOf(long at) {
        return at - Math.floorMod(at, advance.toMillis());
    }

    /** When the pane is no longer part of the current window. */
    long paneOverAt(long paneStart) {
        return paneStart + window.toMillis();
    }

    /** Whether the signal can still change who is present, or who was seen in the window. */
    boolean matters(PresenceSignal signal, long now) {
        return goneAt(signal.at()) > now
                || (signal.here() && signal.at() >= windowAt(now).start());
    }

    /** When a member last seen at {@code at} is gone, unless heard of again. */
    long goneAt(long at) {
        return at + timeout.toMillis();
    }

    /** When a member last heard of at {@code at} may be forgotten: nothing older can matter from then on. */
    long forgottenAt(long at) {
        return at + Math.max(timeout.toMillis(), window.toMillis());
    }

    /** When a count shown at {@code at} may be followed by another. */
    long nextCountAt(long at) {
        return at + pushInterval.toMillis();
    }
}
