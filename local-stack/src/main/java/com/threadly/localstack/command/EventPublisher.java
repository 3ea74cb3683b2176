package com.threadly.localstack.command;

import com.threadly.localstack.traffic.Emission;
import java.util.List;

/** Publishes events, and says where they are once all are acknowledged. */
@FunctionalInterface
interface EventPublisher {

    Sent publish(List<Emission<?>> events) throws InterruptedException;
}
