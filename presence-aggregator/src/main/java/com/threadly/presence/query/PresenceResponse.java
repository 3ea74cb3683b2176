package com.threadly.presence.query;

import com.threadly.payload.Payloads;

/** An HTTP response. */
record PresenceResponse(int status, String contentType, String body) {

    /** A problem by RFC 9457. */
    private record Problem(String type, String title, int status, String detail) {

        private Problem(String title, int status, String detail) {
            this("about:blank", title, status, detail);
        }
    }

    static PresenceResponse of(Object payload) {
        return json(200, "application/json", payload);
    }

    static PresenceResponse malformed(String detail) {
        return problem(400, "Bad Request", detail);
    }

    static PresenceResponse notFound(String detail) {
        return problem(404, "Not Found", detail);
    }

    static PresenceResponse notAllowed() {
        return problem(405, "Method Not Allowed", "only GET is supported");
    }

    /** A retry in a moment may succeed. */
    static PresenceResponse unavailable(String detail) {
        return problem(503, "Service Unavailable", detail);
    }

    private static PresenceResponse problem(int status, String title, String detail) {
        return json(status, "application/problem+json", new Problem(title, status, detail));
    }

    private static PresenceResponse json(int status, String contentType, Object payload) {
        return new PresenceResponse(status, contentType, Payloads.json(payload));
    }
}
