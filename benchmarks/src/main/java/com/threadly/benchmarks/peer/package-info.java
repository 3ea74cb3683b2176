/** The alternatives for pushing records to Pusher, as separate programs. */
@org.jspecify.annotations.NullMarked
package com.threadly.benchmarks.peer;
