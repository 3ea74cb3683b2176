package com.threadly.localstack.testing;

import org.junit.jupiter.api.Assumptions;

/** Programs that tests use if this machine has them. */
public final class Tools {

    private Tools() {}

    /** Unless {@code there}, skips the test, or fails it if CI=true, where nobody would notice. */
    public static void need(boolean there, String otherwise) {
        if (!there && Boolean.parseBoolean(System.getenv("CI"))) {
            throw new AssertionError(otherwise);
        }
        Assumptions.assumeTrue(there, otherwise);
    }
}
