package com.threadly.pipeline;

/**
 * The partition has another owner by now, so its records need not complete here. Our own signal, because the interrupt
 * flag of a publisher's thread would outlive the record.
 */
final class AbandonedException extends Exception {

    AbandonedException() {
        super("the partition was revoked or lost");
    }
}
