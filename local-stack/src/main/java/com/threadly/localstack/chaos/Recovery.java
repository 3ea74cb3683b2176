package com.threadly.localstack.chaos;

import com.threadly.localstack.check.DeliveryListener;
import com.threadly.localstack.check.Repeat;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Remembers late pushes and repeats, and tells how long it took until what a disturbance held up had arrived. */
final class Recovery implements DeliveryListener {

    /** Less is what pushing takes anyway. */
    private static final Duration LATE = Duration.ofMillis(500);

    private record Late(Instant published, Instant arrived) {}

    private final List<Late> late = new ArrayList<>();
    private final List<Repeat> repeats = new ArrayList<>();

    /** How long one disturbance was felt after it had ended. */
    record Felt(Disturbance what, Duration longest) {}

    @Override
    public void delivered(Instant published, Instant arrived) {
        if (Duration.between(published, arrived).compareTo(LATE) > 0) {
            late.add(new Late(published, arrived));
        }
    }

    @Override
    public void repeated(Repeat repeat) {
        repeats.add(repeat);
    }

    List<Repeat> repeats() {
        return repeats;
    }

    /** A late push counts for the last disturbance that had ended before it arrived, if it was published before that. */
    Optional<Felt> longest(List<Incident> incidents) {
        return late.stream()
                .flatMap(push -> incidents.stream()
                        .filter(incident -> !incident.ended().isAfter(push.arrived()))
                        .max((one, other) -> one.ended().compareTo(other.ended()))
                        .filter(last -> !push.published().isAfter(last.ended()))
                        .map(last -> new Felt(last.what(), Duration.between(last.ended(), push.arrived())))
                        .stream())
                .max((one, other) -> one.longest().compareTo(other.longest()));
    }
}
