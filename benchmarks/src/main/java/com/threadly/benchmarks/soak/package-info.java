/** Steady traffic through the whole local stack, with every delivery checked and the workers' processes monitored. */
@org.jspecify.annotations.NullMarked
package com.threadly.benchmarks.soak;
