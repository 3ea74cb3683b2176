package com.threadly.localstack;

import com.threadly.localstack.process.FreePorts;
import com.threadly.localstack.servers.KafkaCluster;
import java.net.URI;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** All ports, fixed before anything starts, so that each part can know the others. */
final class Addresses {

    private final Map<Port, Integer> ports = new EnumMap<>(Port.class);
    private final List<KafkaCluster.Ports> brokers;

    Addresses(StackOptions options, FreePorts free) {
        for (Port port : Port.values()) {
            Integer chosen = options.ports().get(port);
            ports.put(port, chosen == null ? Integer.valueOf(free.next()) : chosen);
        }
        brokers = IntStream.range(0, options.brokers())
                .mapToObj(n -> broker(n == 0 ? port(Port.KAFKA) : free.next(), options, free))
                .toList();
    }

    private static KafkaCluster.Ports broker(int port, StackOptions options, FreePorts free) {
        KafkaCluster.Ports direct = KafkaCluster.Ports.of(port, free);
        return options.proxied() ? direct.through(new KafkaCluster.Relayed(free.next(), free.next())) : direct;
    }

    List<KafkaCluster.Ports> brokers() {
        return brokers;
    }

    int port(Port port) {
        return ports.getOrDefault(port, 0);
    }

    String pusher() {
        return hostAndPort(Port.PUSHER);
    }

    URI gateway() {
        return http(Port.GATEWAY);
    }

    /** Where the gateway receives Pusher's webhooks. */
    URI webhooks() {
        return gateway().resolve("/pusher/webhooks");
    }

    /** Where the gateway queries presence. */
    URI presence() {
        return http(Port.PRESENCE);
    }

    URI page() {
        return http(Port.PAGE);
    }

    /** The page's origin under both names that a browser may know this machine by. */
    String pageOrigins() {
        return page() + ",http://localhost:" + port(Port.PAGE);
    }

    private URI http(Port port) {
        return URI.create("http://" + hostAndPort(port));
    }

    private String hostAndPort(Port port) {
        return "127.0.0.1:" + port(port);
    }
}
