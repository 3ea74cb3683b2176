package com.threadly.stack.subscribe;

import com.pusher.client.PusherOptions;
import java.net.URI;

/** Where the WebSocket server is, and the application's key. */
public record PusherEndpoint(String key, String host, int port, boolean tls) {

    private static final int HTTP = 80;
    private static final int HTTPS = 443;

    /** {@code address} is a URL, or a host with or without a port; a bare host means TLS, a bare host and port does not. */
    public static PusherEndpoint of(String key, String address) {
        if (address.contains("://")) {
            URI uri = URI.create(address);
            boolean tls = uri.getScheme().equals("https") || uri.getScheme().equals("wss");
            int port = uri.getPort() >= 0 ? uri.getPort() : tls ? HTTPS : HTTP;
            return new PusherEndpoint(key, uri.getHost(), port, tls);
        }
        URI uri = URI.create("//" + address);
        return uri.getPort() >= 0
                ? new PusherEndpoint(key, uri.getHost(), uri.getPort(), false)
                : new PusherEndpoint(key, uri.getHost(), HTTPS, true);
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
