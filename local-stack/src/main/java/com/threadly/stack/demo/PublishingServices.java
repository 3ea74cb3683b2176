package com.threadly.stack.demo;

import com.threadly.stack.page.SampleServices;
import com.threadly.stack.traffic.Emission;
import com.threadly.stack.traffic.LiveStory;
import com.threadly.stack.traffic.TrafficProducer;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** Stands in for the message, typing and order services: what people do on the page becomes events. */
final class PublishingServices implements SampleServices {

    private final LiveStory story;
    private final TrafficProducer producer;
    private final LongAdder eventsIn;

    PublishingServices(LiveStory story, TrafficProducer producer, LongAdder eventsIn) {
        this.story = story;
        this.producer = producer;
        this.eventsIn = eventsIn;
    }

    @Override
    public synchronized void message(String from, String text, @Nullable String socketId) {
        publish(story.message(from, text, socketId));
    }

    @Override
    public synchronized void typing(String from, boolean typing) {
        publish(story.typing(from, typing));
    }

    @Override
    public synchronized void nextOrderStatus() {
        publish(story.nextOrderStatus());
    }

    private void publish(Emission<?> emission) {
        eventsIn.increment();
        var _ = producer.publish(emission);
    }
}
