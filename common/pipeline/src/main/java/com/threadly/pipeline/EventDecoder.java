package com.threadly.pipeline;

import com.threadly.events.EventTimes;
import com.threadly.events.InvalidFieldException;
import com.threadly.events.Topic;
import com.threadly.runtime.kafka.BoundedConsumer;
import com.threadly.serde.AvroDecoder;
import com.threadly.serde.UndecodableException;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Decodes the records of topics into events of the topic's type, with credible times. */
public final class EventDecoder {

    private static final String OCCURRED_AT = "occurredAt";

    private final AvroDecoder decoder;
    private final Collection<Topic<?>> topics;
    private final Map<String, Class<? extends SpecificRecord>> types;
    private final Clock clock;

    /** For records of {@code topics} only. */
    public EventDecoder(AvroDecoder decoder, Collection<Topic<?>> topics, Clock clock) {
        this.decoder = decoder;
        this.topics = topics;
        this.types = topics.stream().collect(Collectors.toMap(Topic::name, Topic::valueType));
        this.clock = clock;
    }

    /**
     * An event.
     *
     * @param statedAt when it says itself that it occurred; the event's own field may have been limited since
     */
    public record Decoded(SpecificRecord event, Instant statedAt) {}

    /**
     * The event of {@code record}, which has a value.
     *
     * @throws UndecodableException when it is no event of its topic's type
     * @throws InvalidFieldException when it has a time that is not credible
     */
    public Decoded decode(ConsumerRecord<byte[], byte[]> record) {
        Class<? extends SpecificRecord> type = types.get(record.topic());
        if (type == null) {
            throw new IllegalStateException("no event type is known for the topic " + record.topic());
        }
        if (BoundedConsumer.isValueLeftOut(record)) {
            throw new UndecodableException(String.format(
                    Locale.ROOT, "the value takes %d bytes when it is decompressed", record.serializedValueSize()));
        }
        SpecificRecord event = decoder.decode(record.value(), type);
        Instant published = timeOf(record);
        Instant statedAt =
                event.get(event.getSchema().getField(OCCURRED_AT).pos()) instanceof Instant time ? time : published;
        EventTimes.settle(event, published);
        return new Decoded(event, statedAt);
    }

    Collection<Topic<?>> topics() {
        return topics;
    }

    /** See {@link AvroDecoder#findKnownId}. */
    void findKnownId(Iterable<byte[]> values) {
        decoder.findKnownId(values);
    }

    /** When it was published; now, if it has no timestamp. */
    private Instant timeOf(ConsumerRecord<byte[], byte[]> record) {
        return record.timestamp() > 0 ? Instant.ofEpochMilli(record.timestamp()) : clock.instant();
    }
}
