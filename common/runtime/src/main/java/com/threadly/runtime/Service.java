package com.threadly.runtime;

/** The running part of a deployable. */
public interface Service {

    /** Runs until {@link #stop} is called. An exception ends the process with exit code 1. */
    void run() throws Exception;

    /** Asks {@link #run} to finish what is in flight and return. Called on another thread, at most once. */
    void stop();
}
