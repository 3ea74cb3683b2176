package com.threadly.gateway.publishing;

import com.threadly.events.Topic;
import org.apache.avro.specific.SpecificRecord;

/** An event, its topic and its key. */
public record OutgoingEvent<V extends SpecificRecord>(Topic<V> topic, V event) {

    String key() {
        return topic.keyOf(event);
    }
}
