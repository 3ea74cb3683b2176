package com.threadly.pipeline;

/**
 * The partition belongs to somebody else by now, so its records need not come to their end here. A signal of our own: the
 * interrupt flag of a publisher's thread would outlive the record.
 */
final class AbandonedException extends Exception {

    AbandonedException() {
        super("the partition has gone");
    }
}
