/** A stand-in for Pusher that answers after a set delay and checks what it is sent; it runs in a JVM of its own. */
@org.jspecify.annotations.NullMarked
package com.threadly.benchmarks.stub;
