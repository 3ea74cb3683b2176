package com.threadly.pipeline;

import com.threadly.deadletter.DeadLetters;
import com.threadly.deadletter.Reason;
import com.threadly.events.InvalidFieldException;
import com.threadly.pusher.PushEvent;
import com.threadly.pusher.PushResult;
import com.threadly.runtime.health.HealthCheck;
import com.threadly.runtime.kafka.BoundedConsumer;
import com.threadly.runtime.tracing.TraceScope;
import com.threadly.serde.ForeignRegistryException;
import com.threadly.serde.UndecodableException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decode, handle, push; a record that fails becomes a dead letter. During an outage, it retries until the dependency is
 * back, or the partition is revoked or lost.
 */
final class RecordProcessor implements AssignedPartition.Processor, HealthCheck {

    /** Receives the push events of records. */
    @FunctionalInterface
    interface PushSink {
        void publish(PushEvent event, TrackedRecord record) throws InterruptedException;
    }

    private static final Logger log = LoggerFactory.getLogger(RecordProcessor.class);

    private final EventDecoder decoder;
    private final Handler handler;
    private final PushSink pushes;
    private final DeadLetters deadLetters;
    private final PipelineMetrics metrics;
    private final KeyCheck keys;
    private final Set<String> withTombstones;
    private final Retrier registry;
    private final Retrier store;
    private final Retrier deadLetterTopic;

    RecordProcessor(
            EventDecoder decoder, Handler handler, PushSink pushes, DeadLetters deadLetters, PipelineMetrics metrics) {
        this(decoder, handler, pushes, deadLetters, metrics, Set.of());
    }

    /** @param withTombstones names of the topics whose records without a value are handled, too */
    RecordProcessor(
            EventDecoder decoder,
            Handler handler,
            PushSink pushes,
            DeadLetters deadLetters,
            PipelineMetrics metrics,
            Set<String> withTombstones) {
        this.withTombstones = withTombstones;
        this.decoder = decoder;
        this.handler = handler;
        this.pushes = pushes;
        this.deadLetters = deadLetters;
        this.metrics = metrics;
        keys = new KeyCheck(decoder.topics(), metrics);
        registry = new Retrier(metrics.retries("registry"));
        store = new Retrier(metrics.retries("store"));
        deadLetterTopic = new Retrier(metrics.retries("dead_letter_topic"));
    }

    /** Why records cannot be handled now. */
    @Override
    public Optional<String> trouble() {
        return registry.trouble().or(store::trouble).or(deadLetterTopic::trouble);
    }

    @Override
    public void process(List<TrackedRecord> batch) throws InterruptedException, AbandonedException {
        var records = new ArrayList<TrackedRecord>(batch.size());
        var decoded = new ArrayList<DecodedRecord>(batch.size());
        for (TrackedRecord record : batch) {
            if (deadLetters.redrivenForAnother(record.source())) {
                skip(record, "redriven_for_another");
                continue;
            }
            DecodedRecord incoming = decode(record, batch);
            if (incoming == null) {
                continue;
            }
            if (record.assigned().duplicates().isDuplicate(record.source(), incoming.event())) {
                skip(record, "duplicate");
            } else {
                records.add(record);
                decoded.add(incoming);
            }
        }
        int atOnce = records.size();
        for (int done = 0; done < records.size(); ) {
            records.get(done).assigned().awaitRoom();
            int end = Math.min(records.size(), done + atOnce);
            List<RecordOutcome> outcomes = handle(records.subList(done, end), decoded.subList(done, end));
            if (outcomes.isEmpty()) {
                // One of them is at fault: one by one, it shows which.
                atOnce = 1;
            }
            for (RecordOutcome effect : outcomes) {
                apply(effect, records.get(done++));
            }
        }
    }

    /** Null when the record ends here. */
    private @Nullable DecodedRecord decode(TrackedRecord record, List<TrackedRecord> batch)
            throws InterruptedException, AbandonedException {
        ConsumerRecord<byte[], byte[]> source = record.source();
        boolean tombstone = source.value() == null;
        if (tombstone && !withTombstones.contains(source.topic())) {
            skip(record, "tombstone");
            return null;
        }
        if (BoundedConsumer.isKeyLeftOut(source)) {
            putAside(record, Reason.INVALID, "key: too long: " + source.serializedKeySize() + " bytes");
            return null;
        }
        if (source.key() == null || source.key().length == 0) {
            keys.missing(source);
            skip(record, "empty_key");
            return null;
        }
        try {
            var key = new String(source.key(), StandardCharsets.UTF_8);
            if (tombstone) {
                Instant removed = Instant.ofEpochMilli(source.timestamp());
                return decoded(record, key, Tombstone.INSTANCE, removed);
            }
            EventDecoder.Decoded decoded = registry.untilAvailable(record.assigned(), () -> event(source, batch));
            keys.check(source, key, decoded.event());
            return decoded(record, key, decoded.event(), decoded.statedAt());
        } catch (InvalidFieldException e) {
            putAside(record, Reason.INVALID, String.valueOf(e.getMessage()));
            return null;
        } catch (UndecodableException e) {
            putAside(record, Reason.UNDECODABLE, String.valueOf(e.getMessage()));
            return null;
        }
    }

    private static DecodedRecord decoded(TrackedRecord record, String key, SpecificRecord event, Instant statedAt) {
        ConsumerRecord<byte[], byte[]> source = record.source();
        return new DecodedRecord(
                source.topic(),
                source.partition(),
                source.offset(),
                Instant.ofEpochMilli(source.timestamp()),
                key,
                event,
                statedAt,
                record.assigned()::abandoned);
    }

    private EventDecoder.Decoded event(ConsumerRecord<byte[], byte[]> source, List<TrackedRecord> batch) {
        try {
            return decoder.decode(source);
        } catch (ForeignRegistryException e) {
            // A good record further back shows that it is the right registry, and this record is at fault.
            decoder.findKnownId(() -> batch.stream()
                    .map(record -> record.source().value())
                    .filter(Objects::nonNull)
                    .iterator());
            return decoder.decode(source);
        }
    }

    /** The outcomes of as many records as the handler accepts at once; none when several cannot be handled together. */
    private List<RecordOutcome> handle(List<TrackedRecord> records, List<DecodedRecord> decoded)
            throws InterruptedException, AbandonedException {
        try {
            AssignedPartition assigned = records.getFirst().assigned();
            List<RecordOutcome> outcomes = store.untilAvailable(assigned, () -> handler.handle(decoded));
            if (outcomes.isEmpty() || outcomes.size() > decoded.size()) {
                throw new IllegalStateException(String.format(
                        Locale.ROOT,
                        "the handler must return one outcome per record, but gave %d for %d",
                        outcomes.size(),
                        decoded.size()));
            }
            return outcomes;
        } catch (RuntimeException e) {
            if (decoded.size() > 1) {
                return List.of();
            }
            try (var _ = TraceScope.of(records.getFirst().source().headers())) {
                log.atWarn().setCause(e).log("cannot handle a record; it becomes a dead letter");
            }
            return List.of(new RecordOutcome.Failed(e.toString()));
        }
    }

    private void apply(RecordOutcome handled, TrackedRecord record) throws InterruptedException, AbandonedException {
        switch (handled) {
            case RecordOutcome.Push(List<PushEvent> _, RecordOutcome.AfterPush afterwards, Runnable _)
            when !record.assigned().duplicates().start().pushes(record.source().offset()) ->
                afterwards.begin(() -> complete(record, "not_pushed_before_start"));
            case RecordOutcome.Push(List<PushEvent> events, RecordOutcome.AfterPush afterwards, Runnable _)
            when events.isEmpty() -> afterwards.begin(() -> complete(record, "handled"));
            case RecordOutcome.Push push -> {
                List<PushEvent> events = push.events();
                // Without the payloads: pushed ones must not stay in the heap until the last one.
                RecordOutcome.AfterPush afterwards = push.afterwards();
                Runnable rejected = push.rejected();
                record.expect(events.size(), (pushed, rejection) -> pushed(pushed, rejection, afterwards, rejected));
                for (PushEvent event : events) {
                    pushes.publish(event, record);
                }
            }
            case RecordOutcome.Skip(String reason) -> skip(record, reason);
            case RecordOutcome.Invalid(String problem) -> putAside(record, Reason.INVALID, problem);
            case RecordOutcome.Failed(String problem) -> putAside(record, Reason.FAILED, problem);
        }
    }

    private void pushed(
            TrackedRecord record,
            PushResult.@Nullable Rejected rejection,
            RecordOutcome.AfterPush afterwards,
            Runnable rejected)
            throws InterruptedException, AbandonedException {
        if (rejection == null) {
            metrics.pushed(record.source());
            afterwards.begin(() -> complete(record, "handled"));
            return;
        }
        // Before the dead letter, which may be redriven as soon as it is written.
        rejected.run();
        putAside(
                record,
                Reason.REJECTED,
                String.format(Locale.ROOT, "Pusher answered %d: %s", rejection.status(), rejection.reason()));
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
        deadLetterTopic.untilAvailable(record.assigned(), () -> {
            deadLetters.send(record.source(), reason, message);
            return reason;
        });
        complete(record, "dead_letter");
    }

    private void complete(TrackedRecord record, String outcome) {
        metrics.completed(record.source().topic(), outcome);
        record.assigned().complete(record);
    }
}
