package com.threadly.gateway.events;

import com.threadly.events.Topic;
import org.apache.avro.specific.SpecificRecord;

/** An event and where it goes. */
public record Entry<V extends SpecificRecord>(Topic<V> topic, V event) {

    String key() {
        return topic.keyOf(event);
    }
}
