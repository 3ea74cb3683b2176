package com.threadly.localstack;

import java.util.List;

/** No stack is running; the message says how to start one. */
public final class NotRunningException extends RuntimeException {

    NotRunningException(List<String> problems, boolean runs) {
        super((runs ? "The stack's settings are incomplete" : "No stack is running here")
                + ": start ./threadly demo in another terminal, or set the environment variables below.\n  "
                + String.join("\n  ", problems));
    }
}
