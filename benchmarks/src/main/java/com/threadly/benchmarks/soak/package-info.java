/** Steady traffic through the whole local stack, every delivery checked, while the workers' processes are watched. */
@org.jspecify.annotations.NullMarked
package com.threadly.benchmarks.soak;
