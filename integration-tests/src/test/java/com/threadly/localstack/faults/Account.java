package com.threadly.localstack.faults;

import java.util.List;

/** What was sent, and what the members of the conversations saw, in that order. */
record Account(List<Message> sent, List<Message> seen) {

    Account {
        sent = List.copyOf(sent);
        seen = List.copyOf(seen);
    }
}
