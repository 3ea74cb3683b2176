package com.threadly.notification.rule;

import com.threadly.common.push.PushEvent;
import java.util.List;
import java.util.UUID;

/** What an event asks for. */
public sealed interface Decision {

    /**
     * People are told. The broadcasts go out with the notifications and are, like them, pushed once: there is no
     * broadcast without a notification.
     */
    record Tell(List<Notification> notifications, List<PushEvent> broadcasts) implements Decision {
        public Tell {
            notifications = List.copyOf(notifications);
            broadcasts = List.copyOf(broadcasts);
        }
    }

    /** A message joins the digest of each of its recipients. */
    record Gather(List<DigestEntry> entries) implements Decision {
        public Gather {
            entries = List.copyOf(entries);
        }
    }

    /** Everyone is told, without a row a user. */
    record Announce(UUID eventId, PushEvent broadcast) implements Decision {}

    /** A user has read something; their other tabs and devices are told. */
    record MarkRead(UUID eventId, Read read) implements Decision {}

    /** Somebody came or went; nobody is told. */
    record Note(Presence presence) implements Decision {}

    /** Nothing to do, by rule. */
    record Skip(String reason) implements Decision {}

    /** A field has a value that nothing can be done with. */
    record Invalid(String problem) implements Decision {}
}
