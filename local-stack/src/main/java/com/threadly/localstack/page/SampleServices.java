package com.threadly.localstack.page;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the page asks of the services whose events it stands in for. Called from several threads at once. */
public interface SampleServices {

    /**
     * One of the two people writes to the other. The connection {@code socketId} shows the message already.
     *
     * @return the message as everybody else gets it
     */
    SentMessage message(String from, String text, @Nullable String socketId);

    /** The latest messages of the conversation, the oldest first. */
    List<SentMessage> messages();

    /** The order moves to its next status, and starts anew after the last. */
    void nextOrderStatus();

    /** Where the order stands, once there is one. */
    Optional<OrderStanding> order();
}
