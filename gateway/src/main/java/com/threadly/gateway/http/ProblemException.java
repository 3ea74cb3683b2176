package com.threadly.gateway.http;

import com.threadly.runtime.http.Problem;

/** Ends a request with a problem. Has no stack trace: it is a response, not a bug. */
public final class ProblemException extends RuntimeException {

    private final transient Problem problem;

    public ProblemException(Problem problem) {
        super(problem.detail(), null, false, false);
        this.problem = problem;
    }

    public Problem problem() {
        return problem;
    }
}
