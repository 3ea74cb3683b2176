package com.threadly.deadletter.command;

import com.threadly.deadletter.Reason;
import org.jspecify.annotations.Nullable;

/** Which letters of a topic are meant; what is null does not narrow. */
record Selection(@Nullable Reason reason, @Nullable Position position) {

    boolean includes(Letter letter) {
        return (reason == null || reason.name().equals(letter.reason()))
                && (position == null || position.equals(letter.position()));
    }
}
