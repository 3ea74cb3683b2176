package com.threadly.notification.inbox;

import java.util.List;

/** The tables have not been migrated to this version, by those who may change them. */
public final class OutdatedTablesException extends RuntimeException {

    OutdatedTablesException(List<String> pending) {
        super("the tables are not of this version, which has more migrations: " + String.join(", ", pending));
    }
}
