package com.threadly.pusherserver;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.util.LinkedHashMap;

/** What a development server has and Pusher does not: a page that says so, statistics, and fault switches. */
final class DevPages {

    private final PusherApp app;
    private final Counters counters;
    private final Faults faults;
    private final JsonMapper json;

    DevPages(PusherApp app, Counters counters, Faults faults, JsonMapper json) {
        this.app = app;
        this.counters = counters;
        this.faults = faults;
        this.json = json;
    }

    void addTo(RoutesConfig routes) {
        routes.get("/", this::welcome);
        routes.get("/dev/stats", context -> context.json(counters.snapshot()));
        routes.put("/dev/faults", this::setFaults);
    }

    private void welcome(Context context) {
        var page = new LinkedHashMap<String, Object>();
        page.put("server", "Threadly's development server for the Pusher Channels protocol. Not for production.");
        page.put("app", app.id());
        page.put("key", app.key());
        page.put("api", "/apps/" + app.id());
        page.put("websocket", "/app/" + app.key() + "?protocol=7");
        page.put("stats", "/dev/stats");
        page.put("faults", "PUT /dev/faults");
        context.json(page);
    }

    private void setFaults(Context context) {
        FaultSwitches switches;
        try {
            switches = json.readValue(context.bodyAsBytes(), FaultSwitches.class);
        } catch (IOException e) {
            throw new ApiException(400, "The body is not a set of fault switches: " + e.getMessage());
        }
        switches.applyTo(faults);
        context.json(switches);
    }
}
