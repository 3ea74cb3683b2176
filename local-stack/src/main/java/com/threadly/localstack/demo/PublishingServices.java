package com.threadly.localstack.demo;

import com.threadly.events.MessageSent;
import com.threadly.events.OrderStatusChanged;
import com.threadly.localstack.page.OrderStanding;
import com.threadly.localstack.page.SampleServices;
import com.threadly.localstack.page.SentMessage;
import com.threadly.localstack.traffic.Emission;
import com.threadly.localstack.traffic.LiveStory;
import com.threadly.localstack.traffic.TrafficProducer;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** Stands in for the message and order services: turns what people do on the page into events, and remembers it. */
final class PublishingServices implements SampleServices {

    private final LiveStory story;
    private final TrafficProducer producer;
    private final LongAdder eventsIn;
    private final Transcript transcript = new Transcript();

    PublishingServices(LiveStory story, TrafficProducer producer, LongAdder eventsIn) {
        this.story = story;
        this.producer = producer;
        this.eventsIn = eventsIn;
    }

    @Override
    public synchronized SentMessage message(
            String from, String text, @Nullable String draftId, @Nullable String socketId) {
        return transcript.ofDraft(from, draftId).orElseGet(() -> {
            Emission<MessageSent> message = story.message(from, text, socketId);
            publish(message);
            return transcript.add(message.event(), draftId);
        });
    }

    @Override
    public synchronized List<SentMessage> messages() {
        return transcript.messages();
    }

    /** One of the two people started or stopped typing; those on the page notify the gateway themselves. */
    synchronized void typing(String from, boolean typing) {
        publish(story.typing(from, typing));
    }

    @Override
    public synchronized void nextOrderStatus() {
        Emission<OrderStatusChanged> order = story.nextOrderStatus();
        publish(order);
        transcript.add(order.event());
    }

    @Override
    public synchronized Optional<OrderStanding> order() {
        return transcript.order();
    }

    private void publish(Emission<?> emission) {
        eventsIn.increment();
        var _ = producer.publish(emission);
    }
}
