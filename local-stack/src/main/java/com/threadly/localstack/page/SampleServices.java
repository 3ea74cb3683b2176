package com.threadly.localstack.page;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the page needs from the services that it stands in for. Called from several threads at once. */
public interface SampleServices {

    /**
     * One of the two people writes to the other.
     *
     * @param draftId names what was written: under the same one again, the message that it became is the answer
     * @param socketId the connection that already shows the message
     * @return the message as everyone else receives it
     */
    SentMessage message(String from, String text, @Nullable String draftId, @Nullable String socketId);

    /** The latest messages of the conversation, the oldest first. */
    List<SentMessage> messages();

    /** The order moves to its next status; after the last one it starts again. */
    void nextOrderStatus();

    /** The order's status, once there is an order. */
    Optional<OrderStanding> order();
}
