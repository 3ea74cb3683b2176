package com.threadly.pipeline;

import com.threadly.events.InvalidFieldException;
import com.threadly.pusher.PushEvent;
import java.util.List;
import java.util.function.Supplier;

/** The outcome of a record, once stored. */
public sealed interface RecordOutcome {

    /** Work to do after all pushes. */
    @FunctionalInterface
    interface AfterPush {

        /**
         * Starts it; called on a publisher's thread, so it must not block.
         *
         * @param done run it once, on any thread, when the work is durable: then the record's offset may be committed
         */
        void begin(Runnable done);
    }

    /**
     * Pushes; the record's offset may be committed when all of them and {@code afterwards} are done.
     *
     * @param rejected runs instead of {@code afterwards} when Pusher rejected a push, before the record becomes a dead
     * letter
     */
    record Push(List<PushEvent> events, AfterPush afterwards, Runnable rejected) implements RecordOutcome {
        public Push {
            events = List.copyOf(events);
        }
    }

    /** Nothing to do, by rule; counted under {@code reason}, a constant such as {@code unknown_status}. */
    record Skip(String reason) implements RecordOutcome {}

    /** A field has an unusable value: a dead letter {@code INVALID}. */
    record Invalid(String problem) implements RecordOutcome {}

    /**
     * The record can never be handled, such as a row that the database rejects: a dead letter {@code FAILED}.
     */
    record Failed(String problem) implements RecordOutcome {}

    static RecordOutcome push(List<PushEvent> events) {
        return new Push(events, Runnable::run, () -> {});
    }

    /** The outcome of {@code rule}, or {@link Invalid} when a field is unusable. */
    static RecordOutcome of(Supplier<RecordOutcome> rule) {
        try {
            return rule.get();
        } catch (InvalidFieldException e) {
            return new Invalid(String.valueOf(e.getMessage()));
        }
    }
}
