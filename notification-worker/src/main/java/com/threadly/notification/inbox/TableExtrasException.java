package com.threadly.notification.inbox;

import java.util.List;

/** A swap would lose what somebody has added to the live tables; nothing was changed. */
public final class TableExtrasException extends RuntimeException {

    TableExtrasException(List<String> extras) {
        super("the live tables have what fresh ones would not have: " + String.join("; ", extras));
    }
}
