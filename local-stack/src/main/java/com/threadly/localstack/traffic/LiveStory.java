package com.threadly.localstack.traffic;

import com.threadly.events.MessageSent;
import com.threadly.events.OrderStatus;
import com.threadly.events.OrderStatusChanged;
import com.threadly.events.Topics;
import com.threadly.events.TypingChanged;
import java.time.Clock;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** The events of the live scene, generated on request of the page. For one thread at a time. */
public final class LiveStory {

    private static final List<OrderStatus> WAY = List.of(
            OrderStatus.PLACED,
            OrderStatus.CONFIRMED,
            OrderStatus.SHIPPED,
            OrderStatus.DELIVERED,
            OrderStatus.COMPLETED);

    private final LiveScene scene;
    private final Stamps stamps;
    private int step;

    /** The story starts again with the stack, so {@code random} must not repeat itself where the topics outlive it. */
    public LiveStory(LiveScene scene, RandomGenerator random, Clock clock) {
        this.scene = scene;
        this.stamps = new Stamps(random, clock);
    }

    /** Ana or Ben writes to the other; {@code socketId} is the connection that already shows the message. */
    public Emission<MessageSent> message(String from, String text, @Nullable String socketId) {
        return Talk.message(scene.conversation(), person(from), text, socketId, stamps);
    }

    /** Ana or Ben started or stopped typing. */
    public Emission<TypingChanged> typing(String from, boolean typing) {
        return Talk.typing(scene.conversation(), person(from), typing, stamps);
    }

    /** The order moves to its next status; after the last one it starts again. */
    public Emission<OrderStatusChanged> nextOrderStatus() {
        OrderStatus status = WAY.get(step % WAY.size());
        OrderStatus previous = step % WAY.size() == 0 ? null : WAY.get((step - 1) % WAY.size());
        step++;
        return new Emission<>(Topics.ORDER_EVENTS, Deal.orderEvent(scene.order(), status, previous, stamps));
    }

    private Person person(String id) {
        return scene.conversation().members().stream()
                .filter(member -> member.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(id + " is not in the live scene"));
    }
}
