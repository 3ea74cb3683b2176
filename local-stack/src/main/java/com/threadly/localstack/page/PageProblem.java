package com.threadly.localstack.page;

/** Why a request was refused, as a problem of RFC 9457. */
record PageProblem(String title, int status, String detail) {

    static final String MEDIA_TYPE = "application/problem+json";

    /** Ends a request with a problem. */
    static final class Refusal extends RuntimeException {

        private final transient PageProblem problem;

        Refusal(String title, int status, String detail) {
            super(detail);
            this.problem = new PageProblem(title, status, detail);
        }

        PageProblem problem() {
            return problem;
        }
    }
}
