package com.threadly.pusherserver;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Switches for what goes wrong with the HTTP API. May be set by any thread at any time; each setting replaces its like. */
public final class Faults {

    private static final long UNTIL_CLEARED = Long.MAX_VALUE;

    /** What is set. {@code released} opens when requests that hang because of {@code fault} are to end. */
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

    /** Every answer waits this long, after the events were delivered. */
    public void delay(Duration delay) {
        setting.updateAndGet(before -> before.withDelay(delay));
    }

    /** {@code fault} happens to the next {@code requests}. */
    public void next(int requests, Fault fault) {
        setting.getAndUpdate(before -> before.withFault(fault, requests))
                .released()
                .countDown();
    }

    /** {@code fault} happens to every request until cleared. */
    public void always(Fault fault) {
        setting.getAndUpdate(before -> before.withFault(fault, UNTIL_CLEARED))
                .released()
                .countDown();
    }

    /** A request with an event whose name, channel or data contains {@code marker} is answered with {@code status}. */
    public void reject(String marker, int status) {
        setting.updateAndGet(before -> before.withMarker(marker, status));
    }

    /** Nothing goes wrong any more; requests that hang end with an error. */
    public void clear() {
        setting.getAndUpdate(before -> Setting.none()).released().countDown();
    }

    Duration delay() {
        return setting.get().delay();
    }

    /**
     * The fault of one request.
     *
     * @param released opens when the request is to hang no longer
     */
    record Taken(Fault fault, CountDownLatch released) {}

    /** The fault of the request that asks; one of those set by {@link #next} is used up by that. */
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

    /** The status for a request with {@code event}, if that is to be rejected. */
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
