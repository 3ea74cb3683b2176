package com.threadly.presence.query;

import com.threadly.payload.Payloads;

/** What an HTTP request is answered. */
record Answer(int status, String contentType, String body) {

    /** As RFC 9457 has it. */
    private record Problem(String type, String title, int status, String detail) {

        private Problem(String title, int status, String detail) {
            this("about:blank", title, status, detail);
        }
    }

    static Answer of(Object payload) {
        return json(200, "application/json", payload);
    }

    static Answer malformed(String detail) {
        return problem(400, "Bad Request", detail);
    }

    static Answer notFound(String detail) {
        return problem(404, "Not Found", detail);
    }

    static Answer notAllowed() {
        return problem(405, "Method Not Allowed", "only GET is answered here");
    }

    /** Asking again in a moment may do. */
    static Answer unavailable(String detail) {
        return problem(503, "Service Unavailable", detail);
    }

    private static Answer problem(int status, String title, String detail) {
        return json(status, "application/problem+json", new Problem(title, status, detail));
    }

    private static Answer json(int status, String contentType, Object payload) {
        return new Answer(status, contentType, Payloads.json(payload));
    }
}
