package com.threadly.pipeline;

import com.threadly.deadletter.DeadLetters;
import com.threadly.deadletter.Reason;
import com.threadly.pusher.PushEvent;
import com.threadly.pusher.PushResult;
import com.threadly.pusher.PushTicket;
import com.threadly.runtime.tracing.TraceScope;
import com.threadly.serde.AvroDecoder;
import com.threadly.serde.UndecodableException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decode, handle, push; a record that cannot be is put aside. Whatever is only down for now is tried again until it is
 * back, or the partition has gone.
 */
final class RecordProcessor implements PartitionLane.Processor {

    /** Where events go that records give rise to. */
    @FunctionalInterface
    interface Pushes {
        void publish(PushEvent event, PushTicket ticket) throws InterruptedException;
    }

    private static final Logger log = LoggerFactory.getLogger(RecordProcessor.class);

    private final AvroDecoder decoder;
    private final Handler handler;
    private final Pushes pushes;
    private final DeadLetters deadLetters;
    private final PipelineMetrics metrics;
    private final Patience registry;
    private final Patience store;
    private final Patience deadLetterTopic;

    RecordProcessor(
            AvroDecoder decoder, Handler handler, Pushes pushes, DeadLetters deadLetters, PipelineMetrics metrics) {
        this.decoder = decoder;
        this.handler = handler;
        this.pushes = pushes;
        this.deadLetters = deadLetters;
        this.metrics = metrics;
        registry = new Patience(metrics.retries("registry"));
        store = new Patience(metrics.retries("store"));
        deadLetterTopic = new Patience(metrics.retries("dead_letter_topic"));
    }

    /** What keeps records from being handled at the moment. */
    Optional<String> trouble() {
        return registry.trouble().or(store::trouble).or(deadLetterTopic::trouble);
    }

    @Override
    public void process(List<TrackedRecord> batch) throws InterruptedException, AbandonedException {
        var records = new ArrayList<TrackedRecord>(batch.size());
        var decoded = new ArrayList<Incoming>(batch.size());
        for (TrackedRecord record : batch) {
            if (deadLetters.redrivenForAnother(record.source())) {
                skip(record, "redriven_for_another");
                continue;
            }
            Incoming incoming = decode(record);
            if (incoming == null) {
                continue;
            }
            if (record.lane().duplicates().isDuplicate(record.source(), incoming.event())) {
                skip(record, "duplicate");
            } else {
                records.add(record);
                decoded.add(incoming);
            }
        }
        int atOnce = records.size();
        for (int done = 0; done < records.size(); ) {
            records.get(done).lane().awaitRoom();
            int end = Math.min(records.size(), done + atOnce);
            List<Effect> effects = handle(records.subList(done, end), decoded.subList(done, end));
            if (effects.isEmpty()) {
                // One of them is at fault: alone, it shows which.
                atOnce = 1;
            }
            for (Effect effect : effects) {
                apply(effect, records.get(done++));
            }
        }
    }

    /** Null when the record's way has ended here. */
    private @Nullable Incoming decode(TrackedRecord record) throws InterruptedException, AbandonedException {
        ConsumerRecord<byte[], byte[]> source = record.source();
        if (source.value() == null) {
            skip(record, "tombstone");
            return null;
        }
        if (source.key() == null || source.key().length == 0) {
            skip(record, "empty_key");
            return null;
        }
        try {
            return new Incoming(
                    source.topic(),
                    source.partition(),
                    source.offset(),
                    Instant.ofEpochMilli(source.timestamp()),
                    new String(source.key(), StandardCharsets.UTF_8),
                    registry.untilAvailable(record.lane(), () -> decoder.decode(source.value())));
        } catch (UndecodableException e) {
            putAside(record, Reason.UNDECODABLE, String.valueOf(e.getMessage()));
            return null;
        }
    }

    /** The effects of as many of them as the handler takes at once; none when several cannot be handled together. */
    private List<Effect> handle(List<TrackedRecord> records, List<Incoming> decoded)
            throws InterruptedException, AbandonedException {
        try {
            PartitionLane lane = records.getFirst().lane();
            List<Effect> effects = store.untilAvailable(lane, () -> handler.handle(decoded));
            if (effects.isEmpty() || effects.size() > decoded.size()) {
                throw new IllegalStateException(String.format(
                        Locale.ROOT,
                        "the handler must give one effect per record, but gave %d for %d",
                        effects.size(),
                        decoded.size()));
            }
            return effects;
        } catch (RuntimeException e) {
            if (decoded.size() > 1) {
                return List.of();
            }
            try (var _ = TraceScope.of(records.getFirst().source().headers())) {
                log.atWarn().setCause(e).log("a record cannot be handled");
            }
            return List.of(new Effect.Failed(e.toString()));
        }
    }

    private void apply(Effect effect, TrackedRecord record) throws InterruptedException, AbandonedException {
        switch (effect) {
            case Effect.Push(List<PushEvent> events, Effect.Afterwards afterwards, Runnable _)
            when events.isEmpty() -> afterwards.begin(() -> complete(record, "handled"));
            case Effect.Push push -> {
                List<PushEvent> events = push.events();
                // Without the payloads: those that are pushed must not wait in the heap for the last one.
                Effect.Afterwards afterwards = push.afterwards();
                Runnable rejected = push.rejected();
                record.expect(events.size(), (pushed, rejection) -> pushed(pushed, rejection, afterwards, rejected));
                for (PushEvent event : events) {
                    pushes.publish(event, record);
                }
            }
            case Effect.Skip(String reason) -> skip(record, reason);
            case Effect.Invalid(String problem) -> putAside(record, Reason.INVALID, problem);
            case Effect.Failed(String problem) -> putAside(record, Reason.FAILED, problem);
        }
    }

    private void pushed(
            TrackedRecord record,
            PushResult.@Nullable Rejected rejection,
            Effect.Afterwards afterwards,
            Runnable rejected)
            throws InterruptedException, AbandonedException {
        if (rejection == null) {
            metrics.pushed(record.source());
            afterwards.begin(() -> complete(record, "handled"));
            return;
        }
        // Before the dead letter: it may be redriven as soon as it is written.
        rejected.run();
        putAside(
                record,
                Reason.REJECTED,
                String.format(Locale.ROOT, "Pusher answers %d: %s", rejection.status(), rejection.reason()));
    }

    private void skip(TrackedRecord record, String reason) {
        if (log.isDebugEnabled()) {
            try (var _ = TraceScope.of(record.source().headers())) {
                log.atDebug()
                        .addKeyValue("topic", record.source().topic())
                        .addKeyValue("offset", record.source().offset())
                        .addKeyValue("reason", reason)
                        .log("record skipped");
            }
        }
        complete(record, "skipped_" + reason);
    }

    private void putAside(TrackedRecord record, Reason reason, String message)
            throws InterruptedException, AbandonedException {
        deadLetterTopic.untilAvailable(record.lane(), () -> {
            deadLetters.send(record.source(), reason, message);
            return reason;
        });
        complete(record, "dead_letter");
    }

    private void complete(TrackedRecord record, String outcome) {
        metrics.completed(record.source().topic(), outcome);
        record.lane().complete(record);
    }
}
