package com.threadly.gateway;

import com.threadly.gateway.activity.HeartbeatRoute;
import com.threadly.gateway.activity.PresenceProxy;
import com.threadly.gateway.activity.TypingRoute;
import com.threadly.gateway.channels.ChannelAuthorization;
import com.threadly.gateway.channels.UserAuthentication;
import com.threadly.gateway.http.Route;
import com.threadly.gateway.inbox.InboxRoutes;
import com.threadly.gateway.inbox.MarkRoutes;
import com.threadly.gateway.inbox.StateChange;
import com.threadly.gateway.orders.OrderRoute;
import com.threadly.gateway.privacy.SettingsRoutes;
import com.threadly.gateway.webhooks.WebhookRoute;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** All routes; a test compares them with {@code openapi.json}. */
record Routes(
        ChannelAuthorization channels,
        UserAuthentication users,
        WebhookRoute webhooks,
        InboxRoutes inbox,
        MarkRoutes marks,
        TypingRoute typing,
        HeartbeatRoute heartbeat,
        PresenceProxy presence,
        OrderRoute orders,
        SettingsRoutes settings) {

    List<Route> all() {
        return Stream.concat(
                        others().stream(),
                        Arrays.stream(StateChange.values())
                                .flatMap(change -> Stream.of(
                                        Route.post(
                                                "/v1/notifications/" + change.path(),
                                                exchange -> marks.several(exchange, change)),
                                        Route.post(
                                                "/v1/notifications/{id}/" + change.path(),
                                                exchange -> marks.one(exchange, change)))))
                .toList();
    }

    private List<Route> others() {
        return List.of(
                Route.post("/pusher/auth", channels),
                Route.post("/pusher/user-auth", users),
                // Pusher sends all webhooks from few addresses, and signs each.
                Route.post("/pusher/webhooks", webhooks).unlimited(),
                Route.get("/v1/notifications", inbox::list),
                Route.get("/v1/notifications/unread-count", inbox::unreadCount),
                Route.post("/v1/conversations/{id}/typing", typing),
                Route.post("/v1/presence", heartbeat),
                Route.get("/v1/presence/channels/{channel}", presence::channel),
                Route.get("/v1/presence/users/{userId}", presence::user),
                Route.get("/v1/orders/{id}", orders),
                Route.get("/v1/settings", settings::get),
                Route.patch("/v1/settings", settings::patch),
                Route.get("/openapi.json", new OpenApi()));
    }
}
