package com.threadly.localstack.command;

import com.threadly.localstack.traffic.Emission;
import java.util.List;

/** Publishes events, and returns their offsets once all are acknowledged. */
@FunctionalInterface
interface EventPublisher {

    Sent publish(List<Emission<?>> events) throws InterruptedException;
}
