package com.threadly.localstack.page;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.function.Supplier;

/** Serves the browser the page's files and its configuration. */
final class PageRoutes {

    private final PageConfig config;
    private final SampleServices services;
    private final Supplier<PageStats> stats;
    private final String securityPolicy;

    PageRoutes(PageConfig config, SampleServices services, Supplier<PageStats> stats) {
        this.config = config;
        this.services = services;
        this.stats = stats;
        this.securityPolicy = SecurityPolicy.of(config);
    }

    void addTo(RoutesConfig routes) {
        routes.before(this::secure)
                .get("/config.json", context -> context.json(config))
                .get("/stats.json", context -> context.json(stats.get()))
                .get("/messages", context -> context.json(services.messages()))
                .get("/order", this::order)
                .get("/", PageRoutes::asset)
                .get("/<path>", PageRoutes::asset);
    }

    private void secure(Context context) {
        context.header("Content-Security-Policy", securityPolicy)
                .header("X-Content-Type-Options", "nosniff")
                .header("Referrer-Policy", "no-referrer")
                .header("Cache-Control", "no-store");
    }

    private void order(Context context) {
        context.json(
                services.order().orElseThrow(() -> new PageProblem.Refusal("Not Found", 404, "there is no order yet")));
    }

    private static void asset(Context context) {
        Assets.Asset asset = Assets.at(context.path())
                .orElseThrow(() -> new PageProblem.Refusal("Not Found", 404, "the page has no such file"));
        context.contentType(asset.mediaType())
                .header("Cache-Control", asset.caching())
                .result(asset.content());
    }
}
