package com.threadly.localstack;

import com.threadly.localstack.process.TcpProxy;
import com.threadly.localstack.servers.KafkaCluster;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/** The connections from the workers to their servers: direct, or through proxies that can be cut. */
public final class Links implements AutoCloseable {

    /** The server at the other end; of brokers, the first is {@code KAFKA} 1. */
    public record Link(Server server, int number) {

        @Override
        public String toString() {
            return server == Server.KAFKA ? "broker " + number : server.words;
        }
    }

    /** What workers connect to. */
    public enum Server {
        KAFKA("Kafka"),
        SCHEMA_REGISTRY("the registry"),
        DATABASE("PostgreSQL"),
        PUSHER("Pusher");

        private final String words;

        Server(String words) {
            this.words = words;
        }
    }

    private final StackServers servers;
    private final Addresses addresses;
    private final Map<Link, TcpProxy> proxies;

    private Links(StackServers servers, Addresses addresses, Map<Link, TcpProxy> proxies) {
        this.servers = servers;
        this.addresses = addresses;
        this.proxies = proxies;
    }

    static Links to(StackServers servers, Addresses addresses, boolean proxied) {
        Map<Link, TcpProxy> proxies = new LinkedHashMap<>();
        if (proxied) {
            for (int n = 1; n <= addresses.brokers().size(); n++) {
                KafkaCluster.Relayed relayed = addresses.brokers().get(n - 1).relayed();
                if (relayed != null) {
                    proxies.put(new Link(Server.KAFKA, n), TcpProxy.start(relayed.proxyPort(), relayed.port()));
                }
            }
            proxies.put(new Link(Server.SCHEMA_REGISTRY, 1), TcpProxy.to(addresses.port(Port.SCHEMA_REGISTRY)));
            proxies.put(new Link(Server.DATABASE, 1), TcpProxy.to(addresses.port(Port.DATABASE)));
            proxies.put(new Link(Server.PUSHER, 1), TcpProxy.to(addresses.port(Port.PUSHER)));
        }
        return new Links(servers, addresses, proxies);
    }

    /** The proxy of a link, for a stack that has them. */
    public TcpProxy proxy(Link link) {
        TcpProxy proxy = proxies.get(link);
        if (proxy == null) {
            throw new IllegalArgumentException("Workers reach " + link + " without a proxy");
        }
        return proxy;
    }

    String kafka() {
        String relayed = proxies.entrySet().stream()
                .filter(proxy -> proxy.getKey().server() == Server.KAFKA)
                .map(proxy -> "127.0.0.1:" + proxy.getValue().port())
                .collect(Collectors.joining(","));
        return relayed.isEmpty() ? servers.kafka().bootstrapServers() : relayed;
    }

    URI registry() {
        URI url = servers.registry().url();
        OptionalInt port = port(Server.SCHEMA_REGISTRY);
        return port.isEmpty() ? url : URI.create("http://127.0.0.1:" + port.getAsInt() + url.getPath());
    }

    String database() {
        OptionalInt port = port(Server.DATABASE);
        return port.isEmpty()
                ? servers.database().jdbcUrl()
                : servers.database().jdbcUrlThrough(port.getAsInt());
    }

    String pusher() {
        OptionalInt port = port(Server.PUSHER);
        return port.isEmpty() ? addresses.pusher() : "127.0.0.1:" + port.getAsInt();
    }

    private OptionalInt port(Server server) {
        TcpProxy proxy = proxies.get(new Link(server, 1));
        return proxy == null ? OptionalInt.empty() : OptionalInt.of(proxy.port());
    }

    @Override
    public void close() {
        proxies.values().forEach(TcpProxy::close);
    }
}
