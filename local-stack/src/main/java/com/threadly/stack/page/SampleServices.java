package com.threadly.stack.page;

import org.jspecify.annotations.Nullable;

/** What the page asks of the services whose events it stands in for. Called from several threads at once. */
public interface SampleServices {

    /** One of the two people writes to the other. The connection {@code socketId} shows the message already. */
    void message(String from, String text, @Nullable String socketId);

    /** One of the two people started or stopped typing. */
    void typing(String from, boolean typing);

    /** The order moves to its next status, and starts anew after the last. */
    void nextOrderStatus();
}
