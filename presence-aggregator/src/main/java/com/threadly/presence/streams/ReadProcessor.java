package com.threadly.presence.streams;

import static java.util.Objects.requireNonNull;

import com.threadly.events.PresenceChanged;
import com.threadly.presence.signal.PresenceSignal;
import java.time.Instant;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns events into signals; drops events without one. */
final class ReadProcessor implements Processor<String, PresenceChanged, String, PresenceSignal> {

    private static final Logger log = LoggerFactory.getLogger(ReadProcessor.class);

    private final EventMetrics metrics;
    private @Nullable ProcessorContext<String, PresenceSignal> context;

    ReadProcessor(EventMetrics metrics) {
        this.metrics = metrics;
    }

    @Override
    public void init(ProcessorContext<String, PresenceSignal> context) {
        this.context = context;
    }

    @Override
    public void process(Record<String, PresenceChanged> record) {
        long time =
                RecordTime.following(record.timestamp(), requireNonNull(context).currentSystemTimeMs());
        switch (ParsedEvent.of(record.key(), record.value(), Instant.ofEpochMilli(time))) {
            case ParsedEvent.Seen seen -> {
                metrics.read();
                forward(record, seen.signal(), time);
            }
            case ParsedEvent.Skipped skipped -> {
                metrics.skipped(skipped.reason());
                log.atDebug().addKeyValue("reason", skipped.reason()).log("skipped");
            }
        }
    }

    /** Without the headers: nothing reads them, and they might exceed the topic's size limit. */
    private void forward(Record<String, PresenceChanged> record, PresenceSignal signal, long time) {
        requireNonNull(context).forward(new Record<>(record.key(), signal, time));
    }
}
