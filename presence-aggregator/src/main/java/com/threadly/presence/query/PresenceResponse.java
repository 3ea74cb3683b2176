package com.threadly.presence.query;

import com.threadly.payload.Payloads;
import com.threadly.runtime.http.Problem;

/** An HTTP response. */
record PresenceResponse(int status, String contentType, String body) {

    static PresenceResponse of(Object payload) {
        return json(200, "application/json", payload);
    }

    static PresenceResponse of(Problem problem) {
        return json(problem.status(), Problem.CONTENT_TYPE, problem);
    }

    private static PresenceResponse json(int status, String contentType, Object payload) {
        return new PresenceResponse(status, contentType, Payloads.json(payload));
    }
}
