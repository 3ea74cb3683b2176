package com.threadly.gateway.access;

import com.threadly.pipeline.DecodedRecord;
import java.time.Instant;
import java.util.Collections;
import java.util.Comparator;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The members of one conversation or order, from one record.
 *
 * @param id the conversation's or the order's
 * @param asOf when the event occurred, as far as that can be believed
 * @param topic of the record
 * @param partition of the record
 * @param offset of the record
 */
record Membership(String id, Set<String> userIds, Instant asOf, String topic, int partition, long offset) {

    static final Comparator<Membership> BY_ID = Comparator.comparing(Membership::id);

    Membership {
        userIds = Set.copyOf(userIds);
    }

    /** The same without {@code users}. */
    Membership without(Set<String> users) {
        return Collections.disjoint(userIds, users)
                ? this
                : new Membership(
                        id,
                        userIds.stream().filter(user -> !users.contains(user)).collect(Collectors.toSet()),
                        asOf,
                        topic,
                        partition,
                        offset);
    }

    /**
     * The members that {@code record} names.
     *
     * @param occurredAt by the clock of a service; ahead of the record's time or of {@code now}, it counts as that
     */
    static Membership of(DecodedRecord record, String id, Set<String> userIds, Instant occurredAt, Instant now) {
        Instant asOf = Stream.of(occurredAt, record.timestamp(), now)
                // Kafka's word for a record without a time.
                .filter(time -> time.isAfter(Instant.EPOCH))
                .min(Comparator.naturalOrder())
                .orElse(now);
        return new Membership(id, userIds, asOf, record.topic(), record.partition(), record.offset());
    }
}
