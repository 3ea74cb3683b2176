/** A stand-in for Pusher that answers after a set delay and checks what it receives; it runs in its own JVM. */
@org.jspecify.annotations.NullMarked
package com.threadly.benchmarks.stub;
