package com.threadly.benchmarks.peer;

import com.pusher.rest.Pusher;
import com.pusher.rest.SignatureUtil;
import io.javalin.Javalin;
import java.util.Objects;

/** A gateway without checks or state: a route that signs, and one that checks a signature. */
public final class BareSigner {

    private static final String SECRET = "secret";

    private BareSigner() {}

    /** Runs until it is killed. */
    public static void main(String[] args) {
        var pusher = new Pusher("app", "key", SECRET);
        Javalin.create(config -> {
                    config.startup.showJavalinBanner = false;
                    config.concurrency.useVirtualThreads = true;
                    config.jetty.host = "127.0.0.1";
                    config.routes.get("/health/ready", exchange -> exchange.status(200));
                    config.routes.post(
                            "/pusher/auth",
                            exchange -> exchange.contentType("application/json")
                                    .result(pusher.authenticate(
                                            Objects.requireNonNull(exchange.formParam("socket_id")),
                                            Objects.requireNonNull(exchange.formParam("channel_name")))));
                    config.routes.post(
                            "/pusher/webhooks",
                            exchange -> exchange.status(
                                    SignatureUtil.sign(exchange.body(), SECRET)
                                                    .equals(exchange.header("X-Pusher-Signature"))
                                            ? 200
                                            : 401));
                })
                .start(Integer.parseInt(Objects.requireNonNull(System.getenv("HTTP_PORT"))));
    }
}
