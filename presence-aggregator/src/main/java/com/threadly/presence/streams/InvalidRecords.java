package com.threadly.presence.streams;

import static java.util.Objects.requireNonNull;

import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.streams.errors.ErrorHandlerContext;
import org.apache.kafka.streams.errors.ProcessingExceptionHandler;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/** Handles events with an unusable field. Kafka Streams creates it by name. */
public final class InvalidRecords implements ProcessingExceptionHandler {

    private @Nullable StreamsDeadLetters bad;

    @Override
    public void configure(Map<String, ?> configs) {
        bad = StreamsDeadLetters.of(configs);
    }

    @Override
    public Response handleError(ErrorHandlerContext context, Record<?, ?> record, Exception exception) {
        // A timer has no source record, so no record is at fault.
        boolean hasSource = context.topic() != null;
        return hasSource && requireNonNull(bad).putAside(source(context), exception)
                ? Response.resume()
                : Response.fail();
    }

    private static ConsumerRecord<byte[], byte[]> source(ErrorHandlerContext context) {
        return new ConsumerRecord<>(
                context.topic(),
                context.partition(),
                context.offset(),
                context.timestamp(),
                TimestampType.CREATE_TIME,
                ConsumerRecord.NULL_SIZE,
                ConsumerRecord.NULL_SIZE,
                context.sourceRawKey(),
                context.sourceRawValue(),
                context.headers(),
                Optional.empty());
    }
}
