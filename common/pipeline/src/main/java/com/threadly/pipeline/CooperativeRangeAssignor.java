package com.threadly.pipeline;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.RangeAssignor;
import org.apache.kafka.common.Cluster;
import org.apache.kafka.common.TopicPartition;

/**
 * Distributes each topic evenly, as Kafka's {@link RangeAssignor} does, but without stopping the group: a moving
 * partition stays unassigned until its owner has released it. For the classic protocol: Kafka's own cooperative
 * assignor balances totals over all topics, so one member may get all partitions of a topic and another none.
 *
 * <p>Kafka creates it by name; it has no settings.
 */
public final class CooperativeRangeAssignor extends RangeAssignor {

    @Override
    public String name() {
        return "cooperative-range";
    }

    @Override
    public List<RebalanceProtocol> supportedProtocols() {
        return List.of(RebalanceProtocol.COOPERATIVE, RebalanceProtocol.EAGER);
    }

    @Override
    public GroupAssignment assign(Cluster metadata, GroupSubscription subscriptions) {
        var owners = new HashMap<TopicPartition, String>();
        subscriptions
                .groupSubscription()
                .forEach((member, subscription) ->
                        subscription.ownedPartitions().forEach(partition -> owners.put(partition, member)));
        var now = new HashMap<String, Assignment>();
        super.assign(metadata, subscriptions)
                .groupAssignment()
                .forEach((member, wanted) -> now.put(member, withoutOthers(member, wanted, owners)));
        return new GroupAssignment(now);
    }

    /** The owner, who does not get it again, releases it and triggers another rebalance. */
    private static Assignment withoutOthers(String member, Assignment wanted, Map<TopicPartition, String> owners) {
        return new Assignment(
                wanted.partitions().stream()
                        .filter(partition ->
                                owners.getOrDefault(partition, member).equals(member))
                        .toList(),
                wanted.userData());
    }
}
