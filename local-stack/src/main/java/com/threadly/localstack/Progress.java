package com.threadly.localstack;

import java.time.Duration;

/** Receives the progress of a start, from several threads at once. */
public interface Progress {

    /** {@code part} is starting. */
    void starts(String part);

    /** {@code part} is ready, {@code took} after it began. */
    void ready(String part, Duration took);

    /** {@code part} is not ready yet, {@code waited} after it began. */
    void waits(String part, Duration waited);

    /** {@code part} did not start; an exception follows. */
    void failed(String part);

    /** Another program took a port before the stack could use it: everything starts again on other ports. */
    void startsAgain();

    /** The stack is stopping. */
    void stops();

    /** Reports nothing. */
    static Progress silent() {
        return new Progress() {
            @Override
            public void starts(String part) {}

            @Override
            public void ready(String part, Duration took) {}

            @Override
            public void waits(String part, Duration waited) {}

            @Override
            public void failed(String part) {}

            @Override
            public void startsAgain() {}

            @Override
            public void stops() {}
        };
    }
}
