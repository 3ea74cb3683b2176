/** The benchmarks: one command each. */
@org.jspecify.annotations.NullMarked
package com.threadly.benchmarks;
