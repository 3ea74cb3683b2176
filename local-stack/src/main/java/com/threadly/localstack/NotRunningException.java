package com.threadly.localstack;

import java.util.List;

/** There is no stack to talk to; the message says how to get one. */
public final class NotRunningException extends RuntimeException {

    NotRunningException(List<String> problems, boolean runs) {
        super((runs ? "The stack's settings are not complete" : "No stack runs here")
                + ": start ./threadly demo in another terminal, or set the environment variables below.\n  "
                + String.join("\n  ", problems));
    }
}
