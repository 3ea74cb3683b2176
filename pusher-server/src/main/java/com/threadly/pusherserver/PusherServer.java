package com.threadly.pusherserver;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.javalin.Javalin;
import io.javalin.compression.CompressionStrategy;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.json.JavalinJackson;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Executors;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A server that speaks the Pusher Channels protocol, for development and tests: one app, one port, no persistence. It
 * has no TLS, and anyone who reaches its port can change its faults; hence the default is loopback.
 *
 * <pre>{@code
 * try (var server = PusherServer.start(new PusherApp("id", "key", "secret"), PusherServerOptions.defaults())) {
 * var pusher = new Pusher("id", "key", "secret");
 * pusher.setHost(server.host() + ":" + server.port());
 * pusher.trigger("channel", "event", Map.of("hello", "world"));
 * }
 * }</pre>
 */
public final class PusherServer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(PusherServer.class);

    private final PusherServerOptions options;
    private final Counters counters = new Counters();
    private final Faults faults = new Faults();
    private final HttpClient webhookClient =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Webhooks webhooks;
    private final WebSocketEndpoint sockets;
    private final Javalin javalin;
    private final Thread silenceWatch;

    private PusherServer(PusherApp app, PusherServerOptions options) {
        this.options = options;
        var json = new JsonMapper();
        var signer = new Signer(app.secret());
        var frames = new Frames(json);
        webhooks = new Webhooks(target -> new WebhookSender(
                        target,
                        app,
                        signer,
                        webhookClient,
                        json,
                        Clock.systemUTC(),
                        WebhookSender.Retries.PUSHER,
                        counters)
                .start());
        webhooks.setTargets(options.webhooks());
        var channels = new Channels(options.maxPresenceMembers(), frames, webhooks, new EventCache(Clock.systemUTC()));
        var messages =
                new ClientMessages(json, new SubscriptionAuth(app, signer, json), channels, frames, webhooks, counters);
        sockets = new WebSocketEndpoint(app, options, messages, frames, counters);
        var api = new HttpApi(
                app,
                new RequestSignature(app, signer, Clock.systemUTC()),
                new EventRequests(json),
                channels,
                faults,
                counters);
        var devPages = new DevPages(app, counters, faults, json);
        javalin = Javalin.create(config -> {
            configure(config, json);
            config.routes.before(PusherServer::nameItself);
            config.routes.ws("/app/{key}", sockets::app);
            config.routes.ws("/*", sockets::anyOtherPath);
            api.addTo(config.routes);
            devPages.addTo(config.routes);
        });
        silenceWatch = Thread.ofVirtual().name("pusher-silence").unstarted(sockets::watchSilence);
    }

    /** Starts a server; it accepts requests when this returns. */
    public static PusherServer start(PusherApp app, PusherServerOptions options) {
        var server = new PusherServer(app, options);
        server.javalin.start();
        server.silenceWatch.start();
        LOG.atWarn()
                .addKeyValue("host", server.host())
                .addKeyValue("port", server.port())
                .addKeyValue("app", app.id())
                .log("development server for the Pusher protocol started: not for production");
        return server;
    }

    public int port() {
        return javalin.port();
    }

    public String host() {
        return options.host();
    }

    public Faults faults() {
        return faults;
    }

    public Stats stats() {
        return counters.snapshot();
    }

    /** Replaces the webhook targets. Events that occur while there is no target are dropped. */
    public void setWebhooks(List<URI> targets) {
        webhooks.setTargets(targets);
    }

    @Override
    public void close() {
        faults.clear();
        silenceWatch.interrupt();
        sockets.close();
        webhooks.close();
        javalin.stop();
        webhookClient.shutdownNow();
    }

    private void configure(JavalinConfig config, JsonMapper json) {
        config.startup.showJavalinBanner = false;
        config.startup.showOldJavalinVersionWarning = false;
        config.startup.startupWatcherEnabled = false;
        config.jsonMapper(new JavalinJackson(json, true));
        config.http.compressionStrategy = CompressionStrategy.NONE;
        config.jetty.host = options.host();
        config.jetty.port = options.port();
        // Handlers block (delays, hanging faults), so they run on virtual threads; the selectors keep threads of their
        // own.
        var threads = new QueuedThreadPool();
        threads.setName("pusher");
        threads.setVirtualThreadsExecutor(Executors.newVirtualThreadPerTaskExecutor());
        config.jetty.threadPool = threads;
    }

    private static void nameItself(Context context) {
        context.header("X-Threadly-Development-Server", "true");
    }
}
