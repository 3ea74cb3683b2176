package com.threadly.stack.page;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.nio.file.Files;
import java.util.function.Supplier;

/** What the browser gets: the page's files, pusher-js, and what the page must know. */
final class PageRoutes {

    private final Assets assets;
    private final PusherJs pusherJs;
    private final PageConfig config;
    private final Supplier<PageStats> stats;
    private final String securityPolicy;

    PageRoutes(Assets assets, PusherJs pusherJs, PageConfig config, Supplier<PageStats> stats) {
        this.assets = assets;
        this.pusherJs = pusherJs;
        this.config = config;
        this.stats = stats;
        this.securityPolicy = SecurityPolicy.of(config, pusherJs);
    }

    void addTo(RoutesConfig routes) {
        routes.before(this::secure)
                .get("/config.json", context -> context.json(config))
                .get("/stats.json", context -> context.json(stats.get()))
                .get("/pusher.js", this::pusherJs)
                .get("/", this::asset)
                .get("/<path>", this::asset);
    }

    private void secure(Context context) {
        context.header("Content-Security-Policy", securityPolicy)
                .header("X-Content-Type-Options", "nosniff")
                .header("Referrer-Policy", "no-referrer")
                .header("Cache-Control", "no-store");
    }

    private void pusherJs(Context context) throws IOException {
        switch (pusherJs) {
            case PusherJs.Installed installed ->
                context.contentType(Assets.JAVASCRIPT).result(Files.readAllBytes(installed.file()));
            case PusherJs.Cdn cdn -> context.redirect(cdn.address().toString());
        }
    }

    /** Read anew each time, so that an edited file shows on reload. */
    private void asset(Context context) throws IOException {
        Assets.Asset asset = assets.at(context.path())
                .orElseThrow(() -> new Problem.Refusal("Not Found", 404, "the page has no such file"));
        context.contentType(asset.mediaType()).result(Files.readAllBytes(asset.file()));
    }
}
