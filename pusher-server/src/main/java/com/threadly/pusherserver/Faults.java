package com.threadly.pusherserver;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Switches for faults of the HTTP API, for any thread; each setting replaces the previous one of its kind. */
public final class Faults {

    private static final long UNTIL_CLEARED = Long.MAX_VALUE;

    /** The current setting. {@code released} opens when requests that hang because of {@code fault} may end. */
    private record Setting(
            Duration delay,
            @Nullable Fault fault,
            long remaining,
            CountDownLatch released,
            @Nullable String marker,
            int markerStatus) {

        static Setting none() {
            return new Setting(Duration.ZERO, null, 0, new CountDownLatch(1), null, 0);
        }

        Setting withDelay(Duration newDelay) {
            return new Setting(newDelay, fault, remaining, released, marker, markerStatus);
        }

        Setting withFault(@Nullable Fault newFault, long times) {
            return new Setting(delay, newFault, times, new CountDownLatch(1), marker, markerStatus);
        }

        Setting usedOnce() {
            return remaining == UNTIL_CLEARED
                    ? this
                    : new Setting(delay, fault, remaining - 1, released, marker, markerStatus);
        }

        Setting withMarker(@Nullable String newMarker, int status) {
            return new Setting(delay, fault, remaining, released, newMarker, status);
        }
    }

    private final AtomicReference<Setting> setting = new AtomicReference<>(Setting.none());

    Faults() {}

    /** Every response is delayed this long, after the events were delivered. */
    public void delay(Duration delay) {
        setting.updateAndGet(before -> before.withDelay(delay));
    }

    /** The next {@code requests} get {@code fault}. */
    public void next(int requests, Fault fault) {
        setting.getAndUpdate(before -> before.withFault(fault, requests))
                .released()
                .countDown();
    }

    /** Every request gets {@code fault} until it is cleared. */
    public void always(Fault fault) {
        setting.getAndUpdate(before -> before.withFault(fault, UNTIL_CLEARED))
                .released()
                .countDown();
    }

    /** A request with an event whose name, channel or data contains {@code marker} gets {@code status}. */
    public void reject(String marker, int status) {
        setting.updateAndGet(before -> before.withMarker(marker, status));
    }

    /** Clears all faults; requests that hang end with an error. */
    public void clear() {
        setting.getAndUpdate(before -> Setting.none()).released().countDown();
    }

    Duration delay() {
        return setting.get().delay();
    }

    /**
     * The fault for one request.
     *
     * @param released opens when the request may stop hanging
     */
    record Taken(Fault fault, CountDownLatch released) {}

    /** The fault for the calling request; uses up one of those set by {@link #next}. */
    Optional<Taken> take() {
        if (setting.get().remaining() == 0) {
            return Optional.empty();
        }
        Setting before = setting.getAndUpdate(now -> now.remaining() == 0 ? now : now.usedOnce());
        Fault fault = before.fault();
        return before.remaining() == 0 || fault == null
                ? Optional.empty()
                : Optional.of(new Taken(fault, before.released()));
    }

    /** The status for a request with {@code event}, if it must be rejected. */
    Optional<Integer> rejection(Event event) {
        Setting now = setting.get();
        String marker = now.marker();
        boolean marked = marker != null
                && (event.data().contains(marker)
                        || event.channel().contains(marker)
                        || event.name().contains(marker));
        return marked ? Optional.of(now.markerStatus()) : Optional.empty();
    }
}
