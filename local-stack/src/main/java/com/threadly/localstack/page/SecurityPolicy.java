package com.threadly.localstack.page;

/** What the browser may load and reach: the page itself, the WebSocket and the gateway. */
final class SecurityPolicy {

    private SecurityPolicy() {}

    static String of(PageConfig config) {
        String socket = "ws://" + config.wsHost() + ":" + config.wsPort();
        return String.join(
                "; ",
                "default-src 'none'",
                "script-src 'self'",
                "style-src 'self'",
                "font-src 'self'",
                "img-src 'self' data:",
                "manifest-src 'self'",
                "connect-src 'self' " + socket + " " + config.gateway(),
                "base-uri 'none'",
                "form-action 'none'",
                "frame-ancestors 'none'");
    }
}
