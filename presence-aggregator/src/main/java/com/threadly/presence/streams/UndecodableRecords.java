package com.threadly.presence.streams;

import static java.util.Objects.requireNonNull;

import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.streams.errors.DeserializationExceptionHandler;
import org.apache.kafka.streams.errors.ErrorHandlerContext;
import org.jspecify.annotations.Nullable;

/** Handles bytes that are not an event. Kafka Streams creates it by name. */
public final class UndecodableRecords implements DeserializationExceptionHandler {

    private @Nullable StreamsDeadLetters bad;

    @Override
    public void configure(Map<String, ?> configs) {
        bad = StreamsDeadLetters.of(configs);
    }

    @Override
    public Response handleError(
            ErrorHandlerContext context, ConsumerRecord<byte[], byte[]> record, Exception exception) {
        return requireNonNull(bad).putAside(record, exception) ? Response.resume() : Response.fail();
    }
}
