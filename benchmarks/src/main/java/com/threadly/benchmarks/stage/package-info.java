/** A benchmark's environment: broker, registry, stub, the records to push, and the engines that push them. */
@org.jspecify.annotations.NullMarked
package com.threadly.benchmarks.stage;
