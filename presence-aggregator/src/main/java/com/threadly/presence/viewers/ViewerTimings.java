package com.threadly.presence.viewers;

import com.threadly.presence.signal.PresenceSignal;
import com.threadly.presence.signal.Signal;
import java.time.Duration;

/**
 * The durations that determine counts. Hopping windows: one of length {@code window} ends at each multiple of {@code
 * advance}. They are stored as panes of one advance, so an event is written into one pane, regardless of how many
 * windows contain it.
 *
 * @param window length of a window, a multiple of {@code advance}
 * @param advance from one window to the next
 * @param timeout a viewer not seen for this long is gone
 * @param pushInterval minimum time between two counts of a channel
 */
public record ViewerTimings(Duration window, Duration advance, Duration timeout, Duration pushInterval) {

    /** The current window: the one whose last pane is being filled at {@code now}. */
    Window windowAt(long now) {
        long end = boundaryAfter(now);
        return new Window(end - window.toMillis(), end);
    }

    /** The window that ends at {@code end}. */
    Window windowUntil(long end) {
        return new Window(end - window.toMillis(), end);
    }

    /** Start of the pane that contains {@code at}. */
    long paneOf(long at) {
        return at - Math.floorMod(at, advance.toMillis());
    }

    /** When the next window ends. */
    long boundaryAfter(long now) {
        return paneOf(now) + advance.toMillis();
    }

    boolean isBoundary(long at) {
        return Math.floorMod(at, advance.toMillis()) == 0;
    }

    /** The end of the first window without the pane. */
    long paneOverAt(long paneStart) {
        return paneStart + window.toMillis() + advance.toMillis();
    }

    /** Whether the signal can still change who is present or was seen in the window. */
    boolean matters(PresenceSignal signal, long now) {
        return goneAt(signal.at()) > now
                || (signal.sign() != Signal.LEFT && signal.at() >= windowAt(now).start());
    }

    /** When a viewer last seen at {@code at} is gone, unless there is another signal. */
    long goneAt(long at) {
        return at + timeout.toMillis();
    }

    /** When a viewer with its last signal at {@code at} may be forgotten: nothing older matters from then on. */
    long forgottenAt(long at) {
        return at + Math.max(timeout.toMillis(), window.plus(advance).toMillis());
    }

    /** When the next count may follow one of {@code at}. */
    long nextCountAt(long at) {
        return at + pushInterval.toMillis();
    }
}
