package com.threadly.localstack.page;

import io.javalin.Javalin;
import java.util.function.Supplier;

/** Serves the live page and its requests. For this machine only: it hands out development tokens. */
public final class LivePage implements AutoCloseable {

    private static final int MAX_BODY_BYTES = 32 * 1024;

    private final Javalin server;

    private LivePage(Javalin server) {
        this.server = server;
    }

    /** Starts the page; port 0 means any free one. */
    public static LivePage start(
            String host, int port, PageConfig config, SampleServices services, Supplier<PageStats> stats) {
        PageRoutes routes = new PageRoutes(config, services, stats);
        PostRoutes posts = new PostRoutes(new Requests(config), services);
        Javalin server = Javalin.create(javalin -> {
            javalin.startup.showJavalinBanner = false;
            javalin.concurrency.useVirtualThreads = true;
            javalin.http.maxRequestSize = MAX_BODY_BYTES;
            routes.addTo(javalin.routes);
            posts.addTo(javalin.routes);
        });
        return new LivePage(server.start(host, port));
    }

    public int port() {
        return server.port();
    }

    @Override
    public void close() {
        server.stop();
    }
}
