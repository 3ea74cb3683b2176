package com.threadly.gateway.inbox;

import com.threadly.events.ChannelNames;
import com.threadly.events.InvalidFieldException;
import com.threadly.gateway.http.ProblemException;
import com.threadly.runtime.http.Problem;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What notifications are about.
 *
 * @param field of their metadata
 * @param id its value
 */
public record ObjectReference(String field, String id) {

    /** The one of the two that is there, if any. */
    static Optional<ObjectReference> of(@Nullable String conversationId, @Nullable String orderId) {
        try {
            if (conversationId != null && orderId != null) {
                throw new ProblemException(Problem.malformed("name a conversation or an order, not both"));
            }
            if (conversationId != null) {
                var _ = ChannelNames.conversation(conversationId);
                return Optional.of(new ObjectReference("conversationId", conversationId));
            }
            if (orderId != null) {
                var _ = ChannelNames.order(orderId);
                return Optional.of(new ObjectReference("orderId", orderId));
            }
            return Optional.empty();
        } catch (InvalidFieldException e) {
            throw new ProblemException(Problem.malformed(String.valueOf(e.getMessage())));
        }
    }
}
