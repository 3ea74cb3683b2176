package com.threadly.localstack.subscribe;

import com.pusher.client.PusherOptions;
import java.net.URI;

/** The address of the WebSocket server, and the application's key. */
public record PusherEndpoint(String key, String host, int port, boolean tls) {

    private static final int WS = 80;
    private static final int WSS = 443;

    /** {@code address} is host or host:port, as in PUSHER_HOST. */
    public static PusherEndpoint of(String key, String address, boolean tls) {
        URI uri = URI.create("//" + address);
        if (uri.getHost() == null) {
            throw new IllegalArgumentException("expected host or host:port, not " + address);
        }
        return new PusherEndpoint(key, uri.getHost(), uri.getPort() >= 0 ? uri.getPort() : tls ? WSS : WS, tls);
    }

    /** Pusher's own servers. */
    public static PusherEndpoint ofCluster(String key, String cluster) {
        return new PusherEndpoint(key, "ws-" + cluster + ".pusher.com", WSS, true);
    }

    PusherOptions options() {
        return new PusherOptions()
                .setHost(host)
                .setWsPort(port)
                .setWssPort(port)
                .setUseTLS(tls);
    }

    @Override
    public String toString() {
        return (tls ? "wss://" : "ws://") + host + ":" + port;
    }
}
