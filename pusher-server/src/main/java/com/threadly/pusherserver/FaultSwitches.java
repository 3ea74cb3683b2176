package com.threadly.pusherserver;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The body of {@code PUT /dev/faults}: all faults at once, so that {@code {}} clears them.
 *
 * @param delayMillis {@link Faults#delay}
 * @param fault {@code status}, {@code hang}, {@code notJson} or {@code halfAnswer}
 * @param status of {@code status} (500 if absent) and {@code notJson} (200 if absent)
 * @param retryAfterSeconds of {@code status}
 * @param times how many requests get {@code fault}; all of them if absent
 * @param deliverThenFail whether the events are delivered before {@code fault} happens
 * @param marker {@link Faults#reject}
 * @param markerStatus 413 if absent
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record FaultSwitches(
        @Nullable Long delayMillis,
        @Nullable String fault,
        @Nullable Integer status,
        @Nullable Long retryAfterSeconds,
        @Nullable Integer times,
        @Nullable Boolean deliverThenFail,
        @Nullable String marker,
        @Nullable Integer markerStatus) {

    void applyTo(Faults faults) {
        Fault wanted = fault == null ? null : toFault(fault);
        faults.clear();
        if (delayMillis != null) {
            faults.delay(Duration.ofMillis(delayMillis));
        }
        if (marker != null) {
            faults.reject(marker, markerStatus == null ? 413 : markerStatus);
        }
        if (wanted != null && times != null) {
            faults.next(times, wanted);
        } else if (wanted != null) {
            faults.always(wanted);
        }
    }

    private Fault toFault(String name) {
        Fault plain = switch (name) {
            case "status" ->
                new Fault.Status(
                        status == null ? 500 : status,
                        retryAfterSeconds == null ? null : Duration.ofSeconds(retryAfterSeconds));
            case "hang" -> new Fault.Hang();
            case "notJson" -> new Fault.NotJson(status == null ? 200 : status);
            case "halfAnswer" -> new Fault.HalfAnswer();
            default -> throw new ApiException(400, "No such fault: " + name);
        };
        return Boolean.TRUE.equals(deliverThenFail) ? new Fault.DeliverThenFail(plain) : plain;
    }
}
