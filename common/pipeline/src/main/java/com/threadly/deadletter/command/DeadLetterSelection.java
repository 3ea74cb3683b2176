package com.threadly.deadletter.command;

import com.threadly.deadletter.Reason;
import org.jspecify.annotations.Nullable;

/** Selects dead letters of a topic; null fields do not filter. */
record DeadLetterSelection(
        @Nullable Reason reason, @Nullable Position position) {

    boolean includes(DeadLetter deadLetter) {
        return (reason == null || reason.name().equals(deadLetter.reason()))
                && (position == null || position.equals(deadLetter.position()));
    }
}
