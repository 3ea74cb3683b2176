package com.threadly.pusherserver;

import com.pusher.client.PusherOptions;
import com.pusher.rest.Pusher;
import com.pusher.rest.data.PresenceUser;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** One test's server, and clients for it. */
final class TestServer implements AutoCloseable {

    static final PusherApp APP = new PusherApp("app-id", "app-key", "app-secret");

    private final PusherServer server;
    private final Pusher http;
    private final CopyOnWriteArrayList<Runnable> clients = new CopyOnWriteArrayList<>();

    TestServer() {
        this(PusherServerOptions.defaults());
    }

    TestServer(PusherServerOptions options) {
        server = PusherServer.start(APP, options);
        http = new Pusher(APP.id(), APP.key(), APP.secret());
        http.setHost(server.host() + ":" + server.port());
    }

    PusherServer server() {
        return server;
    }

    /** The application's side: pusher-http-java. */
    Pusher http() {
        return http;
    }

    /** The user's side: pusher-java-client, authorized as {@code user}. */
    com.pusher.client.Pusher client(String user) {
        var options = new PusherOptions()
                .setHost(server.host())
                .setWsPort(server.port())
                .setUseTLS(false)
                .setChannelAuthorizer((channel, socketId) -> channel.startsWith("presence-")
                        ? http.authenticate(
                                socketId, channel, new PresenceUser(user, Map.of("name", "Name of " + user)))
                        : http.authenticate(socketId, channel));
        var client = new com.pusher.client.Pusher(APP.key(), options);
        clients.add(client::disconnect);
        return client;
    }

    /** The user's side, message by message. */
    RawSocket socket() {
        return socket("/app/" + APP.key() + "?protocol=7&client=test&version=1.0");
    }

    RawSocket socket(String path) {
        var socket = new RawSocket("ws://" + server.host() + ":" + server.port() + path);
        clients.add(socket::close);
        return socket;
    }

    @Override
    public void close() {
        clients.forEach(Runnable::run);
        server.close();
    }
}
