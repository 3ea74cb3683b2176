package com.threadly.localstack.page;

/** Why a request was refused, as RFC 9457 has it. */
record Problem(String title, int status, String detail) {

    static final String MEDIA_TYPE = "application/problem+json";

    /** Ends a request with a problem. */
    static final class Refusal extends RuntimeException {

        private final transient Problem problem;

        Refusal(String title, int status, String detail) {
            super(detail);
            this.problem = new Problem(title, status, detail);
        }

        Problem problem() {
            return problem;
        }
    }
}
