package com.threadly.localstack.check;

import com.threadly.localstack.subscribe.Push;
import com.threadly.localstack.traffic.Emission;
import java.time.Instant;

/** What a check's threads report to its ledger. One queue carries both, so an event always precedes its pushes. */
sealed interface Observation {

    void enter(Ledger ledger);

    /** An event that is about to be published. */
    record Published(Emission<?> emission, Instant at) implements Observation {
        @Override
        public void enter(Ledger ledger) {
            ledger.published(emission, at);
        }
    }

    /** A push that a subscriber received. */
    record Arrived(Push push) implements Observation {
        @Override
        public void enter(Ledger ledger) {
            ledger.arrived(push);
        }
    }
}
