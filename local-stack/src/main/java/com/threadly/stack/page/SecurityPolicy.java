package com.threadly.stack.page;

import java.net.URI;

/** What the browser may load and reach: the page itself, the WebSocket and the authorization endpoint. */
final class SecurityPolicy {

    private SecurityPolicy() {}

    static String of(PageConfig config, PusherJs pusherJs) {
        String scripts = switch (pusherJs) {
            case PusherJs.Installed ignored -> "'self'";
            case PusherJs.Cdn cdn -> "'self' " + origin(cdn.address());
        };
        String socket = "ws://" + config.wsHost() + ":" + config.wsPort();
        return String.join(
                "; ",
                "default-src 'none'",
                "script-src " + scripts,
                "style-src 'self'",
                "img-src 'self' data:",
                "connect-src 'self' " + socket + " " + origin(config.authEndpoint()),
                "base-uri 'none'",
                "form-action 'none'",
                "frame-ancestors 'none'");
    }

    private static String origin(URI address) {
        return address.getScheme() + "://" + address.getAuthority();
    }
}
