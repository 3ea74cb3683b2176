package com.threadly.pipeline;

import com.threadly.events.InvalidFieldException;
import com.threadly.pusher.PushEvent;
import java.util.List;
import java.util.function.Supplier;

/** What a record gave rise to, once it is stored where it must be. */
public sealed interface RecordOutcome {

    /** What is left to do once all has been pushed. */
    @FunctionalInterface
    interface AfterPush {

        /**
         * Begins it; called on a publisher's thread, so it must not block.
         *
         * @param done to be run once, on any thread, when it is durable: from then on the record's offset may be
         *     committed
         */
        void begin(Runnable done);
    }

    /**
     * Pushes; the record's offset may be committed when all of them have come to their end, and what is to be done
     * afterwards, too.
     *
     * @param rejected runs instead of {@code afterwards} when Pusher refused one of them, before the record becomes a
     *     dead letter
     */
    record Push(List<PushEvent> events, AfterPush afterwards, Runnable rejected) implements RecordOutcome {
        public Push {
            events = List.copyOf(events);
        }
    }

    /** Nothing to do, by rule; counted under {@code reason}, a constant word such as {@code unknown_status}. */
    record Skip(String reason) implements RecordOutcome {}

    /** A field has a value that nothing can be done with: a dead letter {@code INVALID}. */
    record Invalid(String problem) implements RecordOutcome {}

    /**
     * The record cannot be handled, now or ever, such as a row that the database refuses: a dead letter {@code FAILED}.
     */
    record Failed(String problem) implements RecordOutcome {}

    static RecordOutcome push(List<PushEvent> events) {
        return new Push(events, Runnable::run, () -> {});
    }

    /** The effect of {@code rule}, or {@link Invalid} where it finds a field that nothing can be done with. */
    static RecordOutcome of(Supplier<RecordOutcome> rule) {
        try {
            return rule.get();
        } catch (InvalidFieldException e) {
            return new Invalid(String.valueOf(e.getMessage()));
        }
    }
}
