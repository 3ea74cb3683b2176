package com.threadly.pipeline;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.RangeAssignor;
import org.apache.kafka.common.Cluster;
import org.apache.kafka.common.TopicPartition;

/**
 * Shares out each topic evenly, as Kafka's {@link RangeAssignor} does, and without stopping the group: a partition that
 * moves is given to nobody until its owner has let go of it. For the classic protocol, whose cooperative assignor of
 * Kafka's own evens out numbers over all topics, so that one member may have all partitions of a topic and another none.
 *
 * <p>Kafka makes it by its name; it has no settings.
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

    /** The owner, who is not given it again, lets go of it and has the group assign once more. */
    private static Assignment withoutOthers(String member, Assignment wanted, Map<TopicPartition, String> owners) {
        return new Assignment(
                wanted.partitions().stream()
                        .filter(partition ->
                                owners.getOrDefault(partition, member).equals(member))
                        .toList(),
                wanted.userData());
    }
}
