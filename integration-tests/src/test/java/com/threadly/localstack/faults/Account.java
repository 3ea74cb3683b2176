package com.threadly.localstack.faults;

import java.util.List;

/** What was sent in the end, and what the members of the conversations saw, in the order they saw it. */
record Account(List<Message> sent, List<Message> seen) {

    Account {
        sent = List.copyOf(sent);
        seen = List.copyOf(seen);
    }
}
