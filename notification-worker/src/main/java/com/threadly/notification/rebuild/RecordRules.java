package com.threadly.notification.rebuild;

import com.threadly.events.InvalidFieldException;
import com.threadly.notification.rule.Decision;
import com.threadly.notification.rule.Rules;
import com.threadly.pipeline.EventDecoder;
import com.threadly.serde.UndecodableException;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** The worker's decision for a record, including those that it skips or sends to the dead letter topic. */
final class RecordRules {

    private static final Decision NO_EVENT = new Decision.Skip("no_event");

    private final EventDecoder decoder;
    private final Rules rules;

    RecordRules(EventDecoder decoder, Rules rules) {
        this.decoder = decoder;
        this.rules = rules;
    }

    /** {@link Decision.Invalid} for a dead letter. */
    Decision decide(ConsumerRecord<byte[], byte[]> record) {
        if (record.value() == null || record.key() == null || record.key().length == 0) {
            return NO_EVENT;
        }
        try {
            EventDecoder.Decoded decoded = decoder.decode(record);
            return rules.decide(decoded.event(), decoded.statedAt());
        } catch (UndecodableException | InvalidFieldException e) {
            return new Decision.Invalid(String.valueOf(e.getMessage()));
        }
    }
}
