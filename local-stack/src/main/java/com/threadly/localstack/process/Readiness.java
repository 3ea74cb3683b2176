package com.threadly.localstack.process;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Waits until a program reports over HTTP that it is ready. */
record Readiness(URI address, BooleanSupplier isAlive) {

    private static final int PAUSE_MILLIS = 50;
    private static final int ANSWER_MILLIS = 2_000;

    enum Outcome {
        READY,
        ENDED,
        LATE
    }

    Outcome await(Duration limit) {
        long deadline = System.nanoTime() + limit.toNanos();
        while (isAlive.getAsBoolean()) {
            if (answers()) {
                return Outcome.READY;
            }
            if (System.nanoTime() > deadline) {
                return Outcome.LATE;
            }
            try {
                Thread.sleep(PAUSE_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return Outcome.LATE;
            }
        }
        return Outcome.ENDED;
    }

    private boolean answers() {
        try {
            HttpURLConnection connection = (HttpURLConnection) address.toURL().openConnection();
            connection.setConnectTimeout(ANSWER_MILLIS);
            connection.setReadTimeout(ANSWER_MILLIS);
            try {
                return connection.getResponseCode() == HttpURLConnection.HTTP_OK;
            } finally {
                connection.disconnect();
            }
        } catch (IOException notYet) {
            return false;
        }
    }
}
