package com.threadly.localstack.check;

import java.time.Instant;

/** Sees each push that a report only counts. On the check's thread. */
public interface DeliveryListener {

    /** Sees nothing. */
    DeliveryListener NONE = new DeliveryListener() {
        @Override
        public void delivered(Instant published, Instant arrived) {}

        @Override
        public void repeated(Repeat repeat) {}
    };

    /** A promised push arrived, for the first time. */
    void delivered(Instant published, Instant arrived);

    /** A push arrived again. */
    void repeated(Repeat repeat);
}
